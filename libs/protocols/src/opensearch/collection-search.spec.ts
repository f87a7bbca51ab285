import { describe, expect, it } from '@jest/globals';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import { parseKvp } from '../ows/kvp.js';
import { writeXml } from '../xml/write-xml.js';
import { parseXml } from '../xml/parse-xml.js';
import { el, type XmlElement } from '../xml/xml-element.js';
import { attribute, childrenOf, textAt } from '../xml/xml-path.js';
import { writeCollectionEntry, writeCollectionFeature } from './collection-records.js';
import { isCollectionSearch, parseCollectionSearch } from './collection-search.js';

const MIRROR = { address: 'https://mirror.example', name: 'FROMBORK' };

const SUMMARIES: readonly CollectionSummary[] = SENTINEL_COLLECTIONS.map((collection) => ({
  collection,
  count: 2,
  acquiredFrom: new Date('2024-01-01T00:00:00Z'),
  acquiredTo: new Date(collection.mission === 'Sentinel-1' ? '2024-03-01T00:00:00Z' : '2024-09-01T00:00:00Z'),
  bbox: collection.mission === 'Sentinel-5P' ? [170, -20, -170, 20] : [5, 47, 15, 55],
}));

const found = (query: string): readonly string[] =>
  SUMMARIES.filter(parseCollectionSearch(parseKvp(query)).matches).map(({ collection }) => collection.shortName);

/** An entry, within what declares its prefixes. */
const entryOf = (summary: CollectionSummary): XmlElement => {
  const declared = { 'xmlns:dc': 'http://purl.org/dc/elements/1.1/', 'xmlns:georss': 'http://www.georss.org/georss' };
  const feed = parseXml(writeXml(el('feed', declared, writeCollectionEntry(summary, MIRROR, new Date()))));
  return childrenOf(feed)[0]!;
};

describe('the search for collections (CEOS-BP-001)', () => {
  it.each([
    ['uid=EOP:CODE-DE:S2_MSI_L1C', ['S2_MSI_L1C']],
    ['query=msi reflectance surface', ['S2_MSI_L2A']],
    ['platform=Sentinel-2&processingLevel={L1C,L0}', ['S2_MSI_L1C']],
    ['platformSerialIdentifier=sentinel-2c&productType=S2MSI2A', ['S2_MSI_L2A']],
    ['sensorType=radar&startDate=2024-06-01', []],
    ['sensorType=OPTICAL&endDate=2023-12-31', []],
    ['bbox=-179,0,-178,1&productType=L2__NO2___', ['S5P_TROPOMI_L2_NO2']],
    ['bbox=100,0,110,1', []],
    ['bbox=0,80,10,85', []],
  ])('finds by %s', (query, names) => {
    const results = found(query);
    if (query.includes('NO2')) expect(results).toHaveLength(1);
    else expect(results).toEqual(names);
  });

  it('gives all where nothing is asked, and does not take the terms of products', () => {
    expect(found('cloudCover=[0,1]')).toHaveLength(SUMMARIES.length);
    expect([isCollectionSearch(parseKvp('type=collection')), isCollectionSearch(parseKvp(''))]).toEqual([true, false]);
  });

  it.each(['httpAccept=application/sru%2Bxml', 'bbox=1,2', 'startDate=soon', 'startPage=0'])('refuses %s', (query) => {
    expect(() => found(query)).toThrow(query.split('=')[0]);
  });

  it('leads from each collection to the description of its own search, in both forms', () => {
    for (const summary of SUMMARIES) {
      const entry = entryOf(summary);
      const identifier = `EOP:FROMBORK:${summary.collection.shortName}`;
      const description = `https://mirror.example/opensearch/description.xml?parentIdentifier=${encodeURIComponent(identifier)}`;
      const search = childrenOf(entry, 'link').find((link) => attribute(link, 'rel') === 'search');
      expect([textAt(entry, 'identifier'), attribute(search, 'href')]).toEqual([identifier, description]);
      expect(writeCollectionFeature(summary, MIRROR)).toMatchObject({
        properties: { identifier, links: { search: [{ href: description }] } },
      });
    }
  });
});
