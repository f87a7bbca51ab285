import { describe, expect, it } from '@jest/globals';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import type { Product } from '#domain/product/product.js';
import { SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { parseKvp } from '../ows/kvp.js';
import { parseXml } from '../xml/parse-xml.js';
import { attribute, child, childrenOf, descendants, select, selectFirst, textAt } from '../xml/xml-path.js';
import type { XmlElement } from '../xml/xml-element.js';
import { writeAtomFeed } from './atom-feed.js';
import { writeDescription } from './description.js';
import { writeGeoJsonFeed } from './geojson-feed.js';
import { describeEntry } from './product-entry.js';
import type { ResultPage } from './result-page.js';
import { parseOpenSearch } from './search-request.js';

const MIRROR = { address: 'https://mirror.example', name: 'FROMBORK' };
const QUERY =
  'parentIdentifier=EOP:FROMBORK:S2_MSI_L1C&startDate=2022-01-01T00:00:00Z&cloudCover=[0,40]&bbox=-80,-20,-70,0&maximumRecords=2';

const collectionOf = ({ collection }: Product) => {
  const found = SENTINEL_COLLECTIONS.find(({ id }) => id === collection);
  if (found === undefined) throw new Error(collection);
  return found;
};

const pageOf = (products: readonly Product[], query = QUERY, more: Partial<ResultPage> = {}): ResultPage => ({
  request: parseOpenSearch(parseKvp(query)),
  entries: products.map((product) => describeEntry(product, collectionOf(product), MIRROR)),
  hasNext: true,
  matched: { value: 5, exact: true },
  mirror: MIRROR,
  now: new Date('2024-06-01T12:00:00Z'),
  ...more,
});

const feedOf = (products: readonly Product[], query?: string, more?: Partial<ResultPage>): XmlElement =>
  parseXml(writeAtomFeed(pageOf(products, query, more)));

const linkOf = (element: XmlElement, rel: string): string | undefined =>
  attribute(
    childrenOf(element, 'link').find((link) => attribute(link, 'rel') === rel),
    'href',
  );

/** Local names of everything below, in document order. */
const namesBelow = (element: XmlElement): readonly string[] =>
  childrenOf(element).flatMap((one) => [one.name, ...namesBelow(one)]);

describe('the Atom feed, as readers of CODE-DE take it', () => {
  const feed = feedOf([SENTINEL_2]);
  const entry = child(feed, 'entry')!;

  it('offers each download by one link titled Download whose last segment is the file (code-de-query-download.sh)', () => {
    const links = descendants(feed, 'link').filter((link) => attribute(link, 'title') === 'Download');
    expect(links.map((link) => attribute(link, 'href'))).toEqual([
      `https://mirror.example/download/${SENTINEL_2.id}.SAFE.zip`,
    ]);
    expect(attribute(links[0], 'rel')).toBe('enclosure');
    expect(attribute(links[0], 'length')).toBe('768614400');
  });

  it('has what the paths of WaCoDiS ask for', () => {
    expect(textAt(feed, 'totalResults')).toBe('5');
    const observation = child(entry, 'EarthObservation');
    expect(observation?.namespace).toBe('http://www.opengis.net/opt/2.1');
    expect(textAt(observation, 'result/EarthObservationResult/cloudCoverPercentage')).toBe('23.5');
    const identifier = `EOP:FROMBORK:S2_MSI_L1C:/${SENTINEL_2.id}`;
    expect(textAt(observation, 'metaDataProperty/EarthObservationMetaData/identifier')).toBe(identifier);
    expect(textAt(entry, 'date')).toBe('2022-01-25T15:17:01.024Z/2022-01-25T15:17:01.024Z');
    expect([textAt(entry, 'title'), selectFirst(entry, 'identifier')?.children]).toEqual([identifier, [identifier]]);
  });

  it('has what NextGEOSS harvests: the table of labelled values, polygon in latitude longitude', () => {
    const summary = textAt(entry, 'summary') ?? '';
    for (const label of [
      'Platform Short Name',
      'Sensor Operational Mode',
      'Orbit Direction',
      'Cloud Coverage',
      'Download Size',
    ]) {
      expect(summary).toContain(`<b>${label}</b>`);
    }
    expect(textAt(entry, 'polygon')).toMatch(/^-12\.7 -77\.7 -12\.7 -76\.7 /);
    expect(textAt(entry, 'box')).toBe('-12.7 -77.7 -11.7 -76.7');
  });

  it('has its O&M in the order scripts pick elements in fours: time, reference, size, identifier', () => {
    const picked = ['timePosition', 'ServiceReference', 'size', 'identifier'];
    const observation = child(entry, 'EarthObservation')!;
    const names = namesBelow(observation).filter((name) => picked.includes(name));
    expect(names).toEqual(picked);
    const reference = descendants(observation, 'ServiceReference')[0];
    expect([...(reference?.attributes.keys() ?? [])]).toEqual(['xlink:href']);
    expect(attribute(reference, 'href')).not.toContain('=');
  });

  it('tells what was asked and links the pages around', () => {
    const query = selectFirst(feed, 'Query');
    expect(Object.fromEntries(query?.attributes ?? [])).toMatchObject({
      role: 'request',
      'eo:cloudCover': '[0,40]',
      'eo:parentIdentifier': 'EOP:FROMBORK:S2_MSI_L1C',
      'geo:box': '-80,-20,-70,0',
      'time:start': '2022-01-01T00:00:00Z',
      'os:count': '2',
    });
    const start = (rel: string): string | null => new URL(linkOf(feed, rel) ?? 'x:').searchParams.get('startPage');
    expect([start('first'), start('self'), start('next'), start('last')]).toEqual(['1', '1', '2', '3']);
    expect(new URL(linkOf(feed, 'next') ?? '').searchParams.get('cloudCover')).toBe('[0,40]');
    expect(linkOf(feed, 'search')).toBe(
      'https://mirror.example/opensearch/description.xml?parentIdentifier=EOP%3AFROMBORK%3AS2_MSI_L1C',
    );
  });

  it('goes on by record where it was asked by record, and back no further than the first', () => {
    const second = feedOf([SENTINEL_2], `${QUERY}&startRecord=2`);
    const start = (rel: string): string | null => new URL(linkOf(second, rel) ?? 'x:').searchParams.get('startRecord');
    expect([start('previous'), start('self'), start('next'), start('last')]).toEqual(['1', '2', '4', '4']);
  });

  it('tells no estimate as a total and no next page after the last', () => {
    const last = feedOf([], QUERY, { hasNext: false, matched: { value: 1000, exact: false } });
    expect([textAt(last, 'totalResults'), linkOf(last, 'next'), linkOf(last, 'last')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is honest about a radar product in the archive: no download, no box across the antimeridian', () => {
    const radar = child(feedOf([SENTINEL_1]), 'entry')!;
    expect(child(radar, 'EarthObservation')?.namespace).toBe('http://www.opengis.net/sar/2.1');
    expect(linkOf(radar, 'enclosure')).toBeUndefined();
    expect(select(radar, 'polygon')).toHaveLength(2);
    expect(child(radar, 'box')).toBeUndefined();
    expect(textAt(radar, '//Acquisition/polarisationChannels')).toBe('VV, VH');
    expect(textAt(radar, '//statusSubType')).toBe('OFF-LINE');
  });
});

describe('the GeoJSON feed (OGC 17-047r1)', () => {
  it('says the same as the Atom feed', () => {
    expect(writeGeoJsonFeed(pageOf([SENTINEL_2]))).toMatchObject({
      type: 'FeatureCollection',
      totalResults: 5,
      startIndex: 1,
      itemsPerPage: 2,
      queries: { request: [{ 'eo:cloudCover': '[0,40]' }] },
      features: [
        {
          bbox: [-77.7, -12.7, -76.7, -11.7],
          properties: {
            identifier: `EOP:FROMBORK:S2_MSI_L1C:/${SENTINEL_2.id}`,
            productInformation: { cloudCover: 23.5, size: 768_614_400, productType: 'S2MSI1C' },
            acquisitionInformation: [
              {
                platform: { platformShortName: 'Sentinel-2', platformSerialIdentifier: 'A' },
                acquisitionParameters: { orbitNumber: 34445, orbitDirection: 'DESCENDING' },
              },
            ],
            links: {
              data: [{ href: `https://mirror.example/download/${SENTINEL_2.id}.SAFE.zip`, length: 768_614_400 }],
            },
          },
        },
      ],
    });
  });
});

describe('the description (OpenSearch 1.1, OGC 10-032r8 §9, 13-026r9 §8)', () => {
  const whole = parseXml(writeDescription({ mirror: MIRROR, collections: SENTINEL_COLLECTIONS, isWithinOne: false }));
  const one = parseXml(
    writeDescription({ mirror: MIRROR, collections: [collectionOf(SENTINEL_2)], isWithinOne: true }),
  );
  const templateOf = (description: XmlElement): string =>
    attribute(selectFirst(description, 'Url[rel=results]'), 'template') ?? '';
  const options = (description: XmlElement, name: string): readonly (string | undefined)[] =>
    select(selectFirst(description, 'Url[rel=results]'), `Parameter[name=${name}]/Option`).map((option) =>
      attribute(option, 'value'),
    );

  it('has a template whose every term is described and in a declared namespace', () => {
    const template = templateOf(whole);
    expect(template).toMatch(/^https:\/\/mirror\.example\/opensearch\/request\/\?httpAccept=application%2Fatom%2Bxml&/);
    expect(template).toContain('cloudCover={eo:cloudCover?}');
    expect(template).toContain('query={searchTerms?}');
    for (const [, prefix] of template.matchAll(/\{(\w+):/g)) expect(whole.attributes.has(`xmlns:${prefix}`)).toBe(true);
    expect(options(whole, 'parentIdentifier')).toContain('EOP:FROMBORK:S2_MSI_L1C');
  });

  it('is within one collection where that is asked for, with its values', () => {
    expect(templateOf(one)).toContain('&parentIdentifier=EOP:FROMBORK:S2_MSI_L1C&');
    expect(templateOf(one)).not.toContain('{eo:parentIdentifier');
    expect(options(one, 'productType')).toEqual(['S2MSI1C']);
    expect(options(one, 'platformSerialIdentifier')).toEqual(['sentinel-2a', 'sentinel-2b', 'sentinel-2c']);
  });

  it('keeps to the lengths OpenSearch 1.1 sets', () => {
    for (const description of [whole, one]) {
      expect(textAt(description, 'ShortName')!.length).toBeLessThanOrEqual(16);
      expect(textAt(description, 'LongName')!.length).toBeLessThanOrEqual(48);
      expect(textAt(description, 'Description')!.length).toBeLessThanOrEqual(1024);
      expect(textAt(description, 'Tags')!.length).toBeLessThanOrEqual(256);
    }
  });
});
