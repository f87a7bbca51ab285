import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { DiscoveryModule } from '#services/discovery/src/discovery.module.js';
import { StacModule } from '#services/stac/src/stac.module.js';
import { generateItems } from '#test/bench/generate-items.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import type { Door, DoorAnswer } from './door.js';
import { cswCqlDoor } from './doors/csw-cql-door.js';
import { cswFilter11Door, cswFilter20Door } from './doors/csw-filter-door.js';
import { dhusSearchDoor } from './doors/dhus-search-door.js';
import { odata2Door } from './doors/odata2-door.js';
import { odata4Door } from './doors/odata4-door.js';
import { openSearchAtomDoor, openSearchJsonDoor, sruDoor } from './doors/opensearch-door.js';
import { restoDoor } from './doors/resto-door.js';
import { stacDoor } from './doors/stac-door.js';
import { queryOf, type Question } from './question.js';
import { QUESTIONS } from './questions.js';

const PRODUCTS = 100_000;
const BATCH = 2_000;

const DOORS: readonly Door[] = [
  cswCqlDoor,
  cswFilter11Door,
  cswFilter20Door,
  openSearchAtomDoor,
  openSearchJsonDoor,
  sruDoor,
  restoDoor,
  dhusSearchDoor,
  odata2Door,
  odata4Door,
  stacDoor,
];

/** One question through every door: the same ids, in the same order, of the same number. */
describe(`the same questions through every door, on ${PRODUCTS} products`, () => {
  let service: CatalogueService;
  const answered = new Map<string, number>();

  beforeAll(async () => {
    service = await startCatalogueService([DiscoveryModule, StacModule], []);
    const items = generateItems(PRODUCTS);
    for (let made = 0; made < PRODUCTS; made += BATCH) {
      await service.publish(Array.from({ length: BATCH }, () => items.next().value!));
    }
    await service.settle();
  }, 600_000);

  afterAll(() => service.stop());

  const expected = async (question: Question): Promise<DoorAnswer> => {
    const page = await service.port(ProductCatalog).search(queryOf(question));
    return { ids: page.products.map(({ id }) => id), total: page.matched?.value };
  };
  const through = async (door: Door, question: Question): Promise<DoorAnswer | undefined> => {
    const request = door.ask(question);
    if (request === undefined) return undefined;
    const answer = await fetch(`${service.url}${request.path}`, request.init);
    const body = await answer.text();
    if (!answer.ok) throw new Error(`${door.name}: ${answer.status} ${body.slice(0, 1000)}`);
    answered.set(door.name, (answered.get(door.name) ?? 0) + 1);
    return door.read(body);
  };

  it.each(QUESTIONS.map((question) => [question.title, question] as const))(
    'asks for %s',
    async (_title, question) => {
      const wanted = await expected(question);
      const answers = await Promise.all(DOORS.map((door) => through(door, question)));
      const heard = DOORS.flatMap(({ name }, at) => (answers[at] === undefined ? [] : [[name, answers[at]] as const]));
      expect(Object.fromEntries(heard)).toEqual(Object.fromEntries(heard.map(([name]) => [name, wanted])));
    },
    60_000,
  );

  it('asks most questions through most doors', () => {
    for (const door of DOORS) expect([door.name, (answered.get(door.name) ?? 0) >= 15]).toEqual([door.name, true]);
  });
});
