import { describe, expect, it } from '@jest/globals';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { xpath, xpathElements } from '#test/support/xpath.js';
import { parseKvp } from '../ows/kvp.js';
import { writeSearchRetrieveResponse } from '../sru/search-retrieve.js';
import { parseXml } from '../xml/parse-xml.js';
import { writeAtomFeed } from './atom-feed.js';
import { describeEntry } from './product-entry.js';
import type { ResultPage } from './result-page.js';
import { parseOpenSearch } from './search-request.js';

const MIRROR = { address: 'https://mirror.example', name: 'FROMBORK' };

const pageOf = (query: string): ResultPage => ({
  request: parseOpenSearch(parseKvp(query)),
  entries: [SENTINEL_2, SENTINEL_1].map((product) => {
    const collection = SENTINEL_COLLECTIONS.find(({ id }) => id === product.collection);
    if (collection === undefined) throw new Error(product.collection);
    return describeEntry(product, collection, MIRROR);
  }),
  hasNext: false,
  matched: { value: 2, exact: true },
  mirror: MIRROR,
  now: new Date('2024-06-01T12:00:00Z'),
});

describe('the paths of clients of the CODE-DE feed', () => {
  const feed = parseXml(writeAtomFeed(pageOf('parentIdentifier=EOP:CODE-DE:S2_MSI_L1C')));
  const namespaces = {
    a: 'http://www.w3.org/2005/Atom',
    os: 'http://a9.com/-/spec/opensearch/1.1/',
    dc: 'http://purl.org/dc/elements/1.1/',
    georss: 'http://www.georss.org/georss',
    om: 'http://www.opengis.net/om/2.0',
    eop: 'http://www.opengis.net/eop/2.1',
    opt: 'http://www.opengis.net/opt/2.1',
  };
  const [entry] = xpathElements(feed, '/a:feed/a:entry', namespaces);
  if (entry === undefined) throw new Error('no entry');

  it.each([
    ['./opt:EarthObservation/om:result/opt:EarthObservationResult/opt:cloudCoverPercentage', '23.5'],
    [
      './opt:EarthObservation/eop:metaDataProperty/eop:EarthObservationMetaData/eop:identifier',
      `EOP:FROMBORK:S2_MSI_L1C:/${SENTINEL_2.id}`,
    ],
    [
      './opt:EarthObservation/eop:metaDataProperty/eop:EarthObservationMetaData/eop:parentIdentifier',
      'EOP:FROMBORK:S2_MSI_L1C',
    ],
    ['./dc:date', '2022-01-25T15:17:01.024Z/2022-01-25T15:17:01.024Z'],
    ['/a:feed/os:totalResults', '2'],
    [
      './a:link[@rel="enclosure" and @title="Download"]/@href',
      `https://mirror.example/download/${SENTINEL_2.id}.SAFE.zip`,
    ],
  ])('WaCoDiS: %s', (path, value) => {
    expect(xpath(path.startsWith('/') ? feed : entry, path, namespaces)).toEqual([value]);
  });

  it.each([
    ['./dc:identifier', /^EOP:FROMBORK:S2_MSI_L1C:\/S2A_/],
    ['./dc:date', /Z\/2022/],
    ['./georss:polygon', /^-12\.7 -77\.7 /],
    ['./a:link[@rel="enclosure"]/@href', /\.SAFE\.zip$/],
    ['/a:feed/a:link[@rel="self"]/@href', /parentIdentifier=/],
  ])('NextGEOSS: %s', (path, value) => {
    const [found] = xpath(path.startsWith('/') ? feed : entry, path, namespaces);
    expect(found).toMatch(value);
    expect(xpath(entry, './a:link[@rel="alternate"]/@href', namespaces).length).toBeGreaterThan(1);
  });

  it('NextGEOSS: the rows of the summary', () => {
    const [summary = ''] = xpath(entry, './a:summary', namespaces);
    const rows = parseXml(`<html>${summary.replaceAll('<br>', '<br/>')}</html>`);
    const value = (label: string): string | undefined => {
      const row = xpathElements(rows, '//tr').find((candidate) => xpath(candidate, './td/b')[0] === label);
      return row === undefined ? undefined : xpath(row, './td')[1];
    };
    expect(
      ['Platform Short Name', 'Sensor Operational Mode', 'Orbit Direction', 'Cloud Coverage', 'Download Size'].map(
        value,
      ),
    ).toEqual(['Sentinel-2', 'INS-NOBS', 'DESCENDING', '23.5', '768614400 bytes']);
  });
});

describe('SRU as code-de-transfer.sh reads it', () => {
  const PICKED = ['timePosition', 'ServiceReference', 'size', 'identifier'];
  const text = writeSearchRetrieveResponse(pageOf('httpAccept=application/sru%2Bxml&recordSchema=om'));
  const response = parseXml(text);
  const picked = xpathElements(response, `//*[${PICKED.map((name) => `local-name()='${name}'`).join(' or ')}]`);

  it('begins with < and has the elements in fours, also of a product without data', () => {
    expect(text[0]).toBe('<');
    expect(picked.map(({ name }) => name)).toEqual([...PICKED, ...PICKED]);
    expect(picked.map((element) => (element.children[0] as string | undefined) ?? '')).toMatchObject({
      0: '2022-01-25T20:00:00.000Z',
      2: '768614400',
      3: `EOP:FROMBORK:S2_MSI_L1C:/${SENTINEL_2.id}`,
      6: '0',
      7: `EOP:FROMBORK:S1_SAR_L1_GRD:/${SENTINEL_1.id}`,
    });
  });

  it('gives addresses first, without = and without a namespace of their own', () => {
    for (const reference of picked.filter(({ name }) => name === 'ServiceReference')) {
      expect([...reference.attributes.keys()]).toEqual(['xlink:href']);
      expect(reference.attributes.get('xlink:href')).not.toContain('=');
    }
  });

  it('counts, and tells where to go on only where there is more', () => {
    expect(xpath(response, '//*[local-name()="numberOfRecords"]')).toEqual(['2']);
    expect(xpath(response, '//*[local-name()="nextRecordPosition"]')).toEqual([]);
    expect(xpath(response, '//*[local-name()="recordPosition"]')).toEqual(['1', '2']);
  });

  it.each([
    ['om', 'http://www.opengis.net/opt/2.1'],
    ['om11', 'http://www.opengis.net/opt/2.1'],
    ['om10', 'http://www.opengis.net/opt/2.0'],
  ])('writes recordSchema=%s in %s', (schema, namespace) => {
    const page = pageOf(`httpAccept=application/sru%2Bxml&recordSchema=${schema}`);
    const [observation] = xpathElements(
      parseXml(writeSearchRetrieveResponse(page)),
      '//*[local-name()="EarthObservation"]',
    );
    expect(observation?.namespace).toBe(namespace);
    const names = observation === undefined ? [] : xpathElements(observation, '//*').map(({ name }) => name);
    expect(names.filter((name) => PICKED.includes(name))).toEqual(PICKED);
  });
});
