import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { parseXmlBytes } from '../xml/parse-xml.js';
import { readODataProducts } from './read-odata-products.js';
import { readSearchFeatures } from './read-search-features.js';
import { readAtomFeed } from './read-search-feed.js';
import { readStacDocument } from './read-stac-documents.js';
import type { UpstreamRecords } from './upstream-record.js';

const FOLDER = '../shared/fixtures/upstream';
const present = existsSync(FOLDER);
if (!present) console.warn(`skipped: ${FOLDER} is not there, recorded answers of other catalogues are not read`);

const bytes = (name: string) => readFileSync(`${FOLDER}/${name}`);
const json = (name: string): unknown => JSON.parse(bytes(name).toString('utf8'));
const download = (id: string): string => `https://upstream.example/odata/v1/Products(${id})/$value`;
const odata = (name: string) => readODataProducts(json(name), download);
const stac = (name: string) => readStacDocument(json(name), 'https://upstream.example/search');

/** What a page holds, by collection, and what it could not be read of. */
const told = ({ records, failures }: UpstreamRecords) => ({
  products: records.map(({ product }) => `${product.collection}/${product.id}`),
  failures: failures.map(({ reason }) => reason),
});

(present ? describe : describe.skip)('recorded answers of other catalogues', () => {
  it.each([
    ['CDSE, OData v4', () => odata('eodag/provider_responses/cop_dataspace_search.json'), 'sentinel-2-l1c', 2],
    ['ONDA, OData v4', () => odata('eodag/provider_responses/onda_search.json'), 'sentinel-2-l1c', 2],
    ['CREODIAS, OData v4', () => odata('creodias-eodm/odata.json'), 'sentinel-2-l2a', undefined],
    ['Earth Search, STAC', () => stac('eodag/provider_responses/earth_search_search.json'), 'sentinel-2-l1c', 1],
    ['GEODES, STAC', () => stac('eodag/provider_responses/geodes_search.json'), 'sentinel-2-l1c', 1],
    ['sara, resto', () => readSearchFeatures(json('eodag/provider_responses/sara_search.json')), 'sentinel-2-l1c', 2],
    [
      'Mundi, Atom',
      () => readAtomFeed(parseXmlBytes(bytes('eodag/provider_responses/mundi_search.xml'))),
      'sentinel-2-l1c',
      2,
    ],
    [
      'EUMETSAT, GeoJSON',
      () => readSearchFeatures(json('eodag/provider_responses/eumetsat_ds_search.json')),
      'records',
      1,
    ],
  ] as const)(
    '%s: every record becomes a product of its collection, with time and place',
    (_, read, collection, count) => {
      const page = read();
      expect(told(page).failures).toEqual([]);
      expect(page.records.length).toBeGreaterThan(0);
      if (count !== undefined) expect(page.records).toHaveLength(count);
      for (const { product } of page.records) {
        expect(product.collection).toBe(collection);
        expect(product.acquiredFrom.getUTCFullYear()).toBeGreaterThan(2014);
        expect(product.online).toBe('metadata-only');
        if (collection === 'records') continue;
        expect(product.geometry?.type).toMatch(/Polygon$/);
        expect(product.id).toMatch(/^S2[AB]_MSIL/);
        expect(product.scene?.id).toContain(String(product.properties['tile']));
      }
    },
  );

  it('reads what CDSE says of a product', () => {
    const page = odata('eodag/provider_responses/cop_dataspace_search.json');
    expect(page.nextLink).toContain('skip=2');
    const [first] = page.records;
    expect(first).toMatchObject({
      modified: new Date('2024-05-08T14:55:49.434Z'),
      product: {
        id: 'S2A_MSIL1C_20200808T010311_N0500_R045_T54PXA_20230413T212505',
        acquiredFrom: new Date('2020-08-08T01:03:11.024Z'),
        properties: {
          platform: 'sentinel-2a',
          tile: '54PXA',
          cloudCover: 95.136736479015,
          absoluteOrbit: 26783,
          relativeOrbit: 45,
          processingBaseline: '05.00',
        },
        assets: { product: { href: download('05edf2bb-d103-49f1-a677-9e474138d84f'), size: 224105657 } },
      },
    });
  });

  it('reads cloud and next page of an Atom feed', () => {
    const feed = readAtomFeed(parseXmlBytes(bytes('eodag/provider_responses/mundi_search.xml')));
    expect(feed).toMatchObject({ total: 47, size: 2, descriptions: [] });
    expect(feed.next).toContain('startIndex=3');
    expect(feed.records[0]?.product).toMatchObject({ properties: { cloudCover: 34.3433, tile: '55PBQ' } });
  });

  it('reads 3 473 features of a resto server, each into a product or with a reason', () => {
    const features = gunzipSync(bytes('cdse-resto/all-features.ndjson.gz')).toString('utf8').trim().split('\n');
    const page = readSearchFeatures({
      type: 'FeatureCollection',
      features: features.map((line): unknown => JSON.parse(line)),
    });
    expect(page.size).toBe(3473);
    expect(page.failures).toEqual([]);
    expect(new Set(page.records.map(({ product }) => product.collection))).toContain('sentinel-1-grd');
    const known = page.records.filter(({ product }) => product.collection !== 'records');
    for (const { product } of known) expect(product.scene).toBeDefined();
    expect(known.length).toBeGreaterThan(100);
  });
});
