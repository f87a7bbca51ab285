import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { attribute, descendants, textAt, textOf } from '#protocols/xml/xml-path.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { DhusModule } from './dhus.module.js';

const MANY = manyProducts(120);
const ALL = [SENTINEL_1, SENTINEL_2, ...MANY];
/** Exchanges of sentinelsat with a hub, as its own tests recorded them; read in place where they are. */
const RECORDINGS =
  process.env['SENTINELSAT_RECORDINGS'] ??
  join(process.cwd(), '..', 'shared', 'fixtures', 'upstream', 'sentinelsat', 'vcr_cassettes');

interface JsonFeed {
  readonly entry?: JsonEntry | readonly JsonEntry[];
  readonly 'opensearch:totalResults': string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly [name: string]: unknown;
}

interface JsonEntry {
  readonly title: string;
  readonly id: string;
  readonly [name: string]: unknown;
}

describe('DHuS OpenSearch over a real catalogue', () => {
  let service: CatalogueService;

  beforeAll(async () => {
    service = await startCatalogueService([DhusModule], ALL);
  }, 120_000);

  afterAll(() => service.stop(), 60_000);

  const get = (query: string): Promise<Response> => fetch(`${service.url}/dhus/search?${query}`);
  const json = async (query: string): Promise<JsonFeed> => {
    const answer = await get(`format=json&${query}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    return ((await answer.json()) as { feed: JsonFeed }).feed;
  };
  const find = (q: string, rest = '&rows=100&start=0'): Promise<JsonFeed> => json(`q=${encodeURIComponent(q)}${rest}`);
  const entriesOf = (feed: JsonFeed): readonly JsonEntry[] => [feed.entry ?? []].flat() as readonly JsonEntry[];

  /** Everything observed in the recorded requests, and what the reference documents besides; `many` counts the tiles. */
  const [ONE, TWO] = [[SENTINEL_1.id], [SENTINEL_2.id]];
  it.each<[string, readonly string[] | number]>([
    ['*', 122],
    ['*:*', 122],
    ['ingestiondate:[* TO *]', 122],
    ['ingestiondate:["NOW-1DAY" TO *]', 122],
    ['ingestiondate:[NOW-2MONTHS TO NOW+10HOUR]', 122],
    ['ingestiondate:[NOW+3MONTHS-7DAYS/DAYS TO *]', 0],
    ['ingestiondate:[NOW TO *]', 0],
    ['NOT ingestiondate:[NOW TO *] platformname:Sentinel-1', ONE],
    ['beginPosition:["2022-01-25T00:00:00Z" TO "2022-01-26T00:00:00Z"]', TWO],
    ['beginposition:[2022-01-24T00:00:00Z TO 2022-01-25T00:00:00Z+1DAY]', TWO],
    ['beginposition:"2022-01-25T15:17:01.024Z"', TWO],
    ['endposition:[2024-03-01T06:15:25Z TO 2024-03-01T06:15:25Z]', ONE],
    ['endposition:{2024-03-01T06:15:25Z TO 2024-03-01T06:15:26Z}', 0],
    ['beginposition:2022-01-25', TWO],
    ['platformname:Sentinel-1', ONE],
    ['platformname:"Sentinel-1"', ONE],
    ['PLATFORMNAME:Sentinel-1', ONE],
    ['platformname:(Sentinel-1 OR Sentinel-3)', ONE],
    ['platformname:Sentinel-2 NOT tileid:32*', TWO],
    ['platformname:Sentinel-*', 122],
    ['platformserialidentifier:"1A"', ONE],
    ['platformserialidentifier:A', 2],
    ['platformserialidentifier:Sentinel-2A', TWO],
    ['producttype:"GRD"', ONE],
    ['producttype:IW_GRDH_1S', ONE],
    ['producttype:S2MSI1C platformserialidentifier:2A', TWO],
    ['sensoroperationalmode:IW', ONE],
    ['swathidentifier:IW', ONE],
    ['polarisationmode:"VV VH"', ONE],
    ['polarisationmode:VV', ONE],
    ['polarisationmode:HH', 0],
    ['orbitdirection:ASCENDING', ONE],
    ['orbitnumber:52789', ONE],
    ['lastorbitnumber:[52000 TO 53000]', ONE],
    ['relativeorbitnumber:{116 TO 118}', ONE],
    ['relativeorbitnumber:{117 TO 118}', 0],
    ['timeliness:"Fast-24h"', ONE],
    ['processinglevel:"Level-1C" AND beginposition:[* TO 2023-01-01T00:00:00Z]', TWO],
    ['instrumentshortname:"SAR-C SAR"', ONE],
    ['instrumentshortname:MSI', 121],
    ['tileid:T18LTM', TWO],
    ['cloudcoverpercentage:["0" TO "10"]', 22],
    ['cloudcoverpercentage:[23 TO 24] tileid:18LTM', TWO],
    ['cloudcoverpercentage:{* TO 0}', 0],
    ['cloudcoverpercentage:*', 121],
    ['identifier:S1A*', ONE],
    ['identifier:*IW_GRDH*', ONE],
    ['identifier:/S[12 ]A.*/', 2],
    [`identifier:"${SENTINEL_1.id}"`, ONE],
    [`filename:${SENTINEL_2.id}.SAFE`, TWO],
    [`filename:*18LTM*.SAFE`, TWO],
    [`${SENTINEL_1.id}`, ONE],
    [`title:${SENTINEL_2.id}`, TWO],
    [`uuid:${SENTINEL_2.uuid}`, TWO],
    [`(uuid:"${SENTINEL_1.uuid}" OR uuid:"${SENTINEL_2.uuid}")`, 2],
    ['uuid:"not-an-id"', 0],
    ['T18LTM', TWO],
    ['IW* GRDH*', ONE],
    ['" a_-.*:,?+~! "', 0],
    ['size:/.+KB/', 0],
    ['size:*MB', 121],
    ['size:"733.01 MB" tileid:18LTM', TWO],
    ['size:[1 TO *]', 121],
    ['ondemand:false platformname:Sentinel-1', ONE],
    ['footprint:"Intersects(POINT(-77 -12))"', TWO],
    ['footprint:"intersects(POLYGON((-78 -13,-76 -13,-76 -11,-78 -11,-78 -13)))"', TWO],
    ['footprint:"IsWithin(POLYGON((-78 -13,-76 -13,-76 -11,-78 -11,-78 -13)))"', TWO],
    ['footprint:"contains(POLYGON((-77.2 -12.2,-77.1 -12.2,-77.1 -12.1,-77.2 -12.1,-77.2 -12.2)))"', TWO],
    ['footprint:"Contains(GEOMETRYCOLLECTION(POINT(-77.2 -12.2)))"', TWO],
    ['footprint:"Intersects(GEOMETRYCOLLECTION(POLYGON((-78 -13,-76 -13,-76 -11,-78 -11,-78 -13))))"', TWO],
    ['footprint:"Intersects(ENVELOPE(-78, -76, -11, -13))"', TWO],
    ['footprint:"Intersects(ENVELOPE(179, -179.5, -10, -20))"', ONE],
    ['( footprint:"Intersects(POLYGON((-78.0 -13.0,-76 -13,-76 -11,-78 -11,-78 -13 )))")', TWO],
    ['beginPosition:["2022-01-01T00:00:00Z" TO "2022-12-31T00:00:00Z"] footprint:"Intersects(POINT(0 0))"', 0],
  ])('answers q=%s', async (q, expected) => {
    const feed = await find(q);
    const ids = entriesOf(feed).map(({ title }) => title);
    if (typeof expected === 'number')
      expect([feed.error, Number(feed['opensearch:totalResults'])]).toEqual([undefined, expected]);
    else expect([feed.error, ids]).toEqual([undefined, expected]);
  });

  it('pages through everything by start, a hundred at a time, newest ingestion first', async () => {
    const [first, second] = [await find('*', '&rows=100&start=0'), await find('*', '&rows=100&start=100')];
    const ids = [...entriesOf(first), ...entriesOf(second)].map(({ id }) => id);
    expect([ids.length, new Set(ids).size, first['opensearch:totalResults']]).toEqual([122, 122, '122']);
    const rels = (feed: JsonFeed) => (feed['link'] as readonly { rel: string }[]).map(({ rel }) => rel);
    expect([rels(first), rels(second)]).toEqual([
      ['self', 'first', 'next', 'last', 'search'],
      ['self', 'first', 'previous', 'last', 'search'],
    ]);
  });

  it('counts with rows=0', async () => {
    const feed = await find('*', '&rows=0');
    expect([feed['opensearch:totalResults'], feed.entry, JSON.stringify(feed).includes('NaN')]).toEqual([
      '122',
      undefined,
      false,
    ]);
  });

  it('orders by several fields', async () => {
    const feed = await find('platformname:*', '&rows=3&orderby=platformname asc,cloudcoverpercentage desc');
    expect(entriesOf(feed).map(({ title }) => title)).toEqual([SENTINEL_1.id, MANY[99]!.id, MANY[98]!.id]);
  });

  it('gives one entry as an object, several as an array, none as nothing, numbers as text', async () => {
    const one = await find('platformname:Sentinel-1');
    expect(one.entry).toMatchObject({
      title: SENTINEL_1.id,
      id: SENTINEL_1.uuid,
      link: [
        { href: `${service.url}/dhus/odata/v1/Products('${SENTINEL_1.uuid}')/$value` },
        { rel: 'alternative' },
        {
          rel: 'icon',
          href: `${service.url}/dhus/odata/v1/Products('${SENTINEL_1.uuid}')/Products('Quicklook')/$value`,
        },
      ],
      summary: 'Date: 2024-03-01T06:15:00.000Z, Instrument: SAR-C SAR, Mode: VV VH, Satellite: Sentinel-1, Size: 0 B',
      ondemand: 'false',
      int: expect.arrayContaining([{ name: 'orbitnumber', content: '52789' }]),
    });
    expect(one.entry).not.toHaveProperty('double');
    const optical = await find('tileid:18LTM');
    expect(optical.entry).toMatchObject({ double: { name: 'cloudcoverpercentage', content: '23.5' } });
    expect(Array.isArray((await find('*')).entry)).toBe(true);
    expect(await find('orbitnumber:1')).not.toHaveProperty('entry');
  });

  it('keeps the order dataHubTransfer.sh groups by, and one element a line for dhusget', async () => {
    const answer = await get(
      `q=${encodeURIComponent('ingestionDate:[NOW-1DAY TO NOW+30SECONDS]')}&rows=5&orderby=ingestiondate asc`,
    );
    const text = await answer.text();
    expect([answer.headers.get('content-type'), text.startsWith('<')]).toEqual([
      'application/xml; charset=utf-8',
      true,
    ]);
    for (const entry of descendants(parseXml(text), 'entry')) {
      const named = entry.children.flatMap((node) => (typeof node === 'string' ? [] : (attribute(node, 'name') ?? [])));
      expect(named.filter((name) => ['identifier', 'ingestiondate', 'size', 'uuid'].includes(name))).toEqual([
        'identifier',
        'ingestiondate',
        'size',
        'uuid',
      ]);
      const size = descendants(entry, 'str').find((node) => attribute(node, 'name') === 'size');
      expect(textOf(size)).toMatch(/^[\d.]+ (B|MB)$/);
    }
    const lines = text.split('\n');
    const cut = (start: string) => lines.filter((line) => line.startsWith(start));
    expect([cut('<id>').length, cut('<title>').length, cut('<link rel="alternative" href="').length]).toEqual([
      6, 6, 5,
    ]);
    expect(cut('<subtitle>')[0]?.split(' ').slice(4, 6)).toEqual(['of', '122']);
  });

  it('reads a form, and Latin-1 in an address', async () => {
    const body = new URLSearchParams({ q: 'platformname:Sentinel-1', format: 'json' });
    const posted = await fetch(`${service.url}/dhus/search`, { method: 'POST', body });
    expect([posted.status, (await posted.text()).includes(SENTINEL_1.id)]).toEqual([200, true]);
    const refused = await json('q=%F5%E4%F6%FC%FF%28');
    expect(refused.error).toMatchObject({ code: '400', message: expect.stringContaining("Cannot parse 'õäöüÿ('") });
  });

  it.each([
    ['xxx:yyy', 'undefined field xxx'],
    ['ingestiondate:[** TO *]', "Invalid Date String or Date Math String:'**'"],
    ['ingestiondate:[+ TO *]', "Invalid Date String or Date Math String:'+'"],
    ['ingestiondate:[NOW-1 TO *]', "Invalid Date String or Date Math String:'NOW-1'"],
    ['ingestiondate:[NOW - 1HOUR TO *]', 'org.apache.solr.search.SyntaxError'],
    ['orbitnumber:x', 'Invalid Number: x'],
    ['footprint:"Near(POINT(0 0))"', 'footprint: "Near(POINT(0 0))" is not understood'],
    ['footprint:"Intersects(POLYGON((0 0,1 1,1 0,0 1,0 0)))"', ''],
    ['identifier:/(a+)+/', 'is not supported'],
  ])('says what is wrong with %s in a feed with status 200', async (q, message) => {
    const feed = await find(q);
    expect(feed.error).toEqual({ code: '400', message: expect.stringContaining(message) });
    const xml = await get(`q=${encodeURIComponent(q)}`);
    expect([xml.status, textAt(parseXml(await xml.text()), 'error/message')]).toEqual([200, feed.error?.message]);
  });

  it('refuses too many rows and queries that are too long as the reference does', async () => {
    const rows = await get('q=*&rows=101&format=json');
    expect([rows.status, await rows.json()]).toMatchObject([
      400,
      {
        feed: {
          error: { code: '400', message: expect.stringContaining('Parameter `rows` exceeds the maximum value (100)') },
        },
      },
    ]);
    const q = `uuid:(${'00000000-0000-5000-8000-000000000000 OR '.repeat(2_000)}x)`;
    const long = await fetch(`${service.url}/dhus/search`, {
      method: 'POST',
      body: new URLSearchParams({ q, format: 'json' }),
    });
    expect([long.status, long.headers.get('cause-message')]).toEqual([
      500,
      expect.stringContaining('Request Entity Too Large'),
    ]);
  });

  it.each([
    ['ten thousand conditions', `uuid:(${'a '.repeat(10_000)})`],
    ['parentheses in parentheses', '('.repeat(30_000)],
    ['a great polygon', `footprint:"Intersects(POLYGON((${'0 0,'.repeat(14_000)}0 0)))"`],
    ['quotes, NUL and backslashes', 'identifier:"\';--\\"\0\\\\" OR identifier:\\\0*'],
    ['a great number', `orbitnumber:${'9'.repeat(400)}`],
    ['a great year', 'ingestiondate:[NOW+999999999YEARS TO *]'],
    ['an expression that explodes', `identifier:/${'(a|b)'.repeat(40)}/`],
  ])('answers %s with a feed', async (_what, q) => {
    const answer = await fetch(`${service.url}/dhus/search`, {
      method: 'POST',
      body: new URLSearchParams({ q, format: 'json' }),
    });
    const { feed } = (await answer.json()) as { feed: JsonFeed };
    expect([answer.status, feed.error?.code ?? feed['opensearch:totalResults']]).toEqual([
      200,
      expect.stringMatching(/^(400|0)$/),
    ]);
  });

  it('describes itself and tells a version', async () => {
    const description = parseXml(await (await fetch(`${service.url}/dhus/search/description`)).text());
    expect(descendants(description, 'Url').map((url) => attribute(url, 'type'))).toEqual([
      'application/atom+xml',
      'application/json',
    ]);
    expect(await (await fetch(`${service.url}/dhus/api/stub/version`)).json()).toEqual({ value: '2.4.1' });
  });

  it('answers every recorded query as the reference did: with results, or with an error', async () => {
    if (!existsSync(RECORDINGS)) {
      console.log(`skipped: there is no ${RECORDINGS}`);
      return;
    }
    const recorded = recordedQueries();
    expect(recorded.length).toBeGreaterThan(100);
    for (const { q, hasError } of recorded) {
      expect([q, (await find(q, '&rows=0')).error !== undefined]).toEqual([q, hasError]);
    }
  }, 60_000);
});

/** The searches of the recordings with whether the hub refused them. */
function recordedQueries(): readonly { readonly q: string; readonly hasError: boolean }[] {
  const exchanges = readdirSync(RECORDINGS).flatMap((file) => {
    if (!/\.ya?ml$/.test(file)) return [];
    return readFileSync(join(RECORDINGS, file), 'latin1').split('\n- request:').slice(1);
  });
  return exchanges.flatMap((exchange) => {
    const address = /uri: (\S+(?:\n {6}\S+)*)/.exec(exchange)?.[1]?.replaceAll('\n      ', '') ?? '';
    const encoded = /search\?.*?[?&]q=([^&]*)/.exec(address)?.[1];
    const isText = exchange.includes('"feed":') || exchange.includes('\\"feed\\":');
    if (encoded === undefined || !isText) return [];
    const q = unescape(encoded.replaceAll('+', ' '));
    return [{ q, hasError: exchange.includes('"error":') || exchange.includes('\\"error\\":') }];
  });
}
