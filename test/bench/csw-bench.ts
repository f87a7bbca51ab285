import pg from 'pg';
import { seedCollections } from '#adapters/postgres/catalog-collections.js';
import { connectDatabase } from '#adapters/postgres/connect-database.js';
import { databaseConfig } from '#adapters/postgres/database.config.js';
import { maintainCatalogue } from '#adapters/postgres/maintain-catalogue.js';
import { PostgresProductStore } from '#adapters/postgres/postgres-product-store.js';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { childrenOf, descendants } from '#protocols/xml/xml-path.js';
import { writeElement } from '#protocols/xml/write-xml.js';
import type { XmlElement } from '#protocols/xml/xml-element.js';
import { startPostgresServer } from '#test/support/postgres-server.js';
import { startServiceProcess } from '#test/support/service-process.js';
import { startPycsw } from './csw-peer/pycsw.js';
import { generateItems } from './generate-items.js';

/**
 * `node dist/test/bench/csw-bench.js [records] [seconds] [clients]`: GetRecords side by side with pycsw (PyPI, gunicorn, PostGIS) on the same
 * PostgreSQL server, the same records, in turns. Prints requests per second of both and their ratio.
 */
const RECORDS = Number(process.argv[2] ?? 100_000);
const SECONDS = Number(process.argv[3] ?? 10);
const CLIENTS = Number(process.argv[4] ?? 4);
const BATCH = 1_000;
const PAGE = 100;

const GMD = 'http://www.isotc211.org/2005/gmd';

type Parameters = Readonly<Record<string, string>>;
const records = (parameters: Parameters): Parameters => ({
  request: 'GetRecords',
  typeNames: 'csw:Record',
  resultType: 'results',
  ...parameters,
});
const where = (filter: string): Parameters => ({
  constraintLanguage: 'FILTER',
  constraint: `<ogc:Filter xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml">${filter}</ogc:Filter>`,
});
const compare = (operator: string, property: string, value: string): string =>
  `<ogc:PropertyIs${operator}><ogc:PropertyName>${property}</ogc:PropertyName><ogc:Literal>${value}</ogc:Literal></ogc:PropertyIs${operator}>`;
/** Two degrees of Germany, another place every turn. */
const box = (turn: number): string => {
  const west = ((turn * 0.61) % 14).toFixed(2);
  return `<ogc:BBOX><ogc:PropertyName>ows:BoundingBox</ogc:PropertyName><gml:Envelope srsName="urn:ogc:def:crs:EPSG::4326">
    <gml:lowerCorner>47 ${west}</gml:lowerCorner><gml:upperCorner>49 ${Number(west) + 2}</gml:upperCorner></gml:Envelope></ogc:BBOX>`;
};

/** What is asked of both, numbered so that no two requests are alike. */
const SHAPES: Readonly<Record<string, (turn: number) => Parameters>> = {
  'a page of 10, brief': (turn) =>
    records({ elementSetName: 'brief', maxRecords: '10', startPosition: String(1 + (turn % 50) * 10) }),
  'a page of 10, full': (turn) =>
    records({ elementSetName: 'full', maxRecords: '10', startPosition: String(1 + (turn % 50) * 10) }),
  'a page of 10, ISO 19139 full': (turn) =>
    records({
      elementSetName: 'full',
      outputSchema: GMD,
      maxRecords: '10',
      startPosition: String(1 + (turn % 50) * 10),
    }),
  'a box, 10 full': (turn) => records({ elementSetName: 'full', maxRecords: '10', ...where(box(turn)) }),
  'a month, 10 full': (turn) => {
    const year = 2016 + (turn % 10);
    const begins = 'apiso:TempExtent_begin';
    const month = [
      compare('GreaterThanOrEqualTo', begins, `${year}-06-01T00:00:00Z`),
      compare('LessThanOrEqualTo', begins, `${year}-06-30T23:59:59Z`),
    ];
    return records({ elementSetName: 'full', maxRecords: '10', ...where(`<ogc:And>${month.join('')}</ogc:And>`) });
  },
  'page 1 000 of 10': (turn) =>
    records({ elementSetName: 'brief', maxRecords: '10', startPosition: String(10_000 + (turn % 50) * 10) }),
  'how many in a box': (turn) => ({
    ...records({ elementSetName: 'brief', maxRecords: '1', ...where(box(turn)) }),
    resultType: 'hits',
  }),
  'one record by id': (turn) => ({
    request: 'GetRecordById',
    elementSetName: 'full',
    id: ids[turn % ids.length] ?? '',
  }),
};

const responseNamespaces = new Map<string, string>();
const server = await startPostgresServer();
const [ours, theirs] = [await makeDatabase('frombork_bench'), await makeDatabase('pycsw_bench')];
await load(ours);
const mirror = await startServiceProcess('all-in-one', {
  DATABASE_URL: ours,
  FROMBORK_DEMO: '0',
  FROMBORK_DATA: '/tmp/frombork-csw-bench',
  FROMBORK_OPERATOR_TOKEN: 'a-token-for-the-bench',
  CLIENT_CONCURRENCY: '64',
});
const ids: string[] = [];
const pycsw = await startPycsw(theirs, everyRecord());

try {
  await sideBySide();
} finally {
  await pycsw.stop();
  await mirror.stop();
  await server.stop();
}

async function sideBySide(): Promise<void> {
  console.log(`\n${RECORDS} records, ${CLIENTS} clients, ${SECONDS} s each\n`);
  console.log('| request | Frombork /s | p95 ms | pycsw /s | p95 ms | ratio |\n|---|---:|---:|---:|---:|---:|');
  for (const [name, shape] of Object.entries(SHAPES)) {
    const [a, b] = [await measure(`${mirror.url}/csw`, shape), await measure(pycsw.url, shape)];
    const row = [
      a.rate.toFixed(1),
      a.p95.toFixed(0),
      b.rate.toFixed(1),
      b.p95.toFixed(0),
      (a.rate / b.rate).toFixed(1),
    ];
    console.log(`| ${name} | ${row.join(' | ')} |`);
  }
}

async function makeDatabase(name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`drop database if exists ${name}`);
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const inside = new pg.Client({ connectionString: url.href });
  await inside.connect();
  await inside.query('create extension postgis');
  await inside.end();
  return url.href;
}

async function load(url: string): Promise<void> {
  const database = await connectDatabase(databaseConfig.parse({ DATABASE_URL: url }));
  await seedCollections(database.sql, SENTINEL_COLLECTIONS);
  const store = new PostgresProductStore(database.sql);
  const items = generateItems(RECORDS);
  for (let made = 0; made < RECORDS; made += BATCH) {
    await store.publish(
      Array.from({ length: BATCH }, () => items.next().value!),
      { source: 'bench' },
    );
  }
  await maintainCatalogue(database.sql);
  await database.sql.execute('vacuum analyze');
  await database.close();
}

/** Every product's ISO record, as the mirror itself gives them. */
async function* everyRecord(): AsyncGenerator<string> {
  for (let start = 1; ; start += PAGE) {
    const page = records({
      elementSetName: 'full',
      outputSchema: GMD,
      maxRecords: String(PAGE),
      startPosition: String(start),
      ...where(compare('EqualTo', 'apiso:Type', 'dataset')),
      sortBy: 'apiso:TempExtent_begin:A',
    });
    const found = recordsOf(parseXml(await ask(`${mirror.url}/csw`, page)));
    for (const record of found) {
      const id = descendants(record, 'CharacterString')[0]?.children[0];
      if (ids.length < 2_000 && typeof id === 'string') ids.push(id);
      yield writeElement({ ...record, attributes: new Map([...namespaces(record), ...record.attributes]) });
    }
    if (found.length < PAGE) return;
  }
}

function recordsOf(response: XmlElement): readonly XmlElement[] {
  for (const [name, value] of response.attributes) if (name.startsWith('xmlns')) responseNamespaces.set(name, value);
  return childrenOf(descendants(response, 'SearchResults')[0]!);
}

function namespaces(record: XmlElement): ReadonlyMap<string, string> {
  return new Map([...responseNamespaces].filter(([name]) => !record.attributes.has(name)));
}

async function ask(url: string, parameters: Parameters): Promise<string> {
  const query = new URLSearchParams({ service: 'CSW', version: '2.0.2', ...parameters });
  const answer = await fetch(`${url}?${query.toString()}`, { headers: { 'Accept-Encoding': 'identity' } });
  const body = await answer.text();
  if (!answer.ok || body.includes('ExceptionReport')) throw new Error(`${query.toString()}: ${body.slice(-400)}`);
  return body;
}

async function measure(url: string, shape: (turn: number) => Parameters): Promise<{ rate: number; p95: number }> {
  for (let warm = 0; warm < 3; warm++) await ask(url, shape(warm));
  const times: number[] = [];
  const begin = performance.now();
  let turn = 0;
  const client = async (): Promise<void> => {
    while (performance.now() - begin < SECONDS * 1000) {
      const started = performance.now();
      await ask(url, shape(turn++));
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const seconds = (performance.now() - begin) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  return { rate: times.length / seconds, p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0 };
}
