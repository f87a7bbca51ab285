import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Product } from '#domain/product/product.js';
import { productUuid } from '#domain/product/product-uuid.js';
import { DiscoveryModule } from '#services/discovery/src/discovery.module.js';
import { StacModule } from '#services/stac/src/stac.module.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { SENTINEL_2 } from '#test/support/sample-products.js';

const STATES = ['online', 'staging', 'offline'] as const;
type State = (typeof STATES)[number];

const idOf = (state: State): string => `S2A_${state.toUpperCase()}`;

/** Products that differ in nothing but where their bytes are. */
const PRODUCTS = STATES.map((online): Product => {
  const { scene: _scene, successor: _successor, ...rest } = SENTINEL_2;
  return { ...rest, id: idOf(online), uuid: productUuid(rest.collection, idOf(online)), online };
});

const CSW = '/csw?service=CSW&request=GetRecordById&';
const ISO = `${CSW}version=2.0.2&elementSetName=summary&outputSchema=http://www.isotc211.org/2005/gmd&id=`;
const ISO_3 = `${CSW}version=2.0.2&elementSetName=full&outputSchema=http://standards.iso.org/iso/19115/-3/mdb/2.0&id=`;
const ATOM_RECORD = `${CSW}version=3.0.0&outputSchema=http://www.w3.org/2005/Atom&outputFormat=application/atom%2Bxml&id=`;

/** How each door is asked for one product by its id, and what its answer says of the three states. */
const DOORS: readonly (readonly [door: string, path: string, says: readonly [string, string, string]])[] = [
  ['CSW', `${CSW}version=2.0.2&id=`, media('dct:medium')],
  ['CSW 3.0', `${CSW}version=3.0.0&elementSetName=full&id=`, media('dct:medium')],
  ['ISO 19139', ISO, ['>online: can', '>staging: on the way', '>offline: in the long']],
  ['ISO 19115-3', ISO_3, ['>online: can', '>staging: on the way', '>offline: in the long']],
  ['Atom of CSW', ATOM_RECORD, media('dct:medium')],
  ['OAI-PMH', '/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=urn:uuid:{uuid}', media('dc:format')],
  ['OpenSearch Atom', '/opensearch/request?uid=', ['ON-LINE<', 'OFF-LINE<', 'OFF-LINE<']],
  ['the summary there', '/opensearch/request?uid=', ['&gt;online&lt;', '&gt;staging&lt;', '&gt;offline&lt;']],
  ['OpenSearch GeoJSON', '/opensearch/request?httpAccept=application/geo%2Bjson&uid=', json('availability', STATES)],
  ['SRU', '/opensearch/request?httpAccept=application/sru%2Bxml&uid=', ['ON-LINE<', 'OFF-LINE<', 'OFF-LINE<']],
  ['resto', '/resto/api/collections/search.json?productIdentifier=', json('mode', ['disk', 'staging', 'tape'])],
  ['DHuS search', '/dhus/search?q=identifier:', media('str name="availability"', 'str')],
  ['DHuS OData', "/dhus/odata/v1/Products?$format=json&$filter=Name eq '{}'", json('Online', [true, false, false])],
  ['OData v4', "/odata/v1/Products?$filter=Name eq '{}.SAFE'", json('Online', [true, false, false])],
  ['STAC', '/stac/search?ids=', json('order:status', ['succeeded', 'pending', 'orderable'])],
];

function media(open: string, close = open): readonly [string, string, string] {
  const [online, staging, offline] = STATES.map((state) => `<${open}>${state}</${close}>`);
  return [online!, staging!, offline!];
}

function json(name: string, values: readonly (string | boolean)[]): readonly [string, string, string] {
  const [online, staging, offline] = values.map((value) => `"${name}":${JSON.stringify(value)}`);
  return [online!, staging!, offline!];
}

describe('availability in every result', () => {
  let service: CatalogueService;
  beforeAll(async () => {
    service = await startCatalogueService([DiscoveryModule, StacModule], PRODUCTS);
  }, 120_000);
  afterAll(() => service.stop());

  it.each(DOORS)(
    'is told by %s',
    async (_door, path, says) => {
      for (const [at, state] of STATES.entries()) {
        const id = idOf(state);
        const asked = path.replace('{uuid}', productUuid(SENTINEL_2.collection, id)).replace('{}', id);
        const url = asked === path ? `${path}${id}` : asked;
        const body = await (await fetch(service.url + url)).text();
        expect(body).toContain(id);
        expect(body).toContain(says[at]);
        expect([...new Set(says)].filter((word) => body.includes(word))).toEqual([says[at]]);
      }
    },
    60_000,
  );
});
