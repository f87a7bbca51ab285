import { describe, expect, it } from '@jest/globals';
import { SENTINEL_1_COLLECTIONS } from '#domain/collection/sentinel-1-collections.js';
import { SENTINEL_2_COLLECTIONS } from '#domain/collection/sentinel-2-collections.js';
import type { Collection } from '#domain/collection/collection.js';
import { SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { collectionRecord, describeCollection } from '../records/describe-collection.js';
import { productRecord } from '../records/describe-product.js';
import type { ElementSet, MetadataRecord } from '../records/metadata-record.js';
import { parseXml } from '../xml/parse-xml.js';
import { attribute, childrenOf, select, textAt, textOf } from '../xml/xml-path.js';
import { writeAtomRecord } from './atom-record.js';
import { isRecordElement, writeCommonRecord } from './common-record.js';
import { RECORD_VERSIONS } from './record-version.js';

const MIRROR = { address: 'https://mirror.example', name: 'FROMBORK' };
const facts = (collections: readonly Collection[], id: string) =>
  describeCollection(
    collections.find((collection) => collection.id === id)!,
    MIRROR,
  );
const optical = productRecord(SENTINEL_2, facts(SENTINEL_2_COLLECTIONS, 'sentinel-2-l1c'));
const radar = productRecord(SENTINEL_1, facts(SENTINEL_1_COLLECTIONS, 'sentinel-1-grd'));
const series = collectionRecord(facts(SENTINEL_2_COLLECTIONS, 'sentinel-2-l1c'));

const written = (
  record: MetadataRecord,
  choice: ElementSet | readonly string[],
  version: keyof typeof RECORD_VERSIONS = '2.0.2',
) => parseXml(writeCommonRecord(record, RECORD_VERSIONS[version], choice).text);
const names = (root: ReturnType<typeof written>): readonly string[] => [
  ...new Set(childrenOf(root).map(({ qname }) => qname)),
];

describe('common record (OGC 07-006r1 §10.2.5, OGC 12-176r7 §6.6)', () => {
  it.each([
    ['brief', 'BriefRecord', ['dc:identifier', 'dc:title', 'dc:type', 'ows:BoundingBox']],
    [
      'summary',
      'SummaryRecord',
      [
        'dc:identifier',
        'dc:title',
        'dc:type',
        'dc:subject',
        'dc:format',
        'dct:medium',
        'dct:modified',
        'dct:abstract',
        'ows:BoundingBox',
      ],
    ],
  ] as const)('is %s in the order of the schema', (set, name, elements) => {
    const root = written(optical, set);
    expect(root).toMatchObject({ name, namespace: 'http://www.opengis.net/cat/csw/2.0.2' });
    expect(names(root)).toEqual(elements);
  });

  it('says all of a product in full', () => {
    const root = written(optical, 'full');
    expect(root.name).toBe('Record');
    expect(textAt(root, 'identifier')).toBe(SENTINEL_2.id);
    expect(textAt(root, 'isPartOf')).toBe('EOP:FROMBORK:S2_MSI_L1C');
    expect(textAt(root, 'type')).toBe('dataset');
    expect(textAt(root, 'created')).toBe('2022-01-25T19:00:36.000Z');
    expect(textAt(root, 'temporal')).toContain('start=2022-01-25T15:17:01.024Z');
    expect(textAt(root, 'abstract')).toContain('tile 18LTM');
    expect(textAt(root, 'publisher')).toBe('FROMBORK');
    expect(textOf(select(root, 'references[scheme=WWW:DOWNLOAD-1.0-http--download]')[0])).toMatch(/\.SAFE\.zip$/);
    expect(textOf(select(root, 'references[scheme=OGC:WMS]')[0])).toContain('GetCapabilities');
  });

  it('is a series for a collection', () => {
    const root = written(series, 'full');
    expect(textAt(root, 'identifier')).toBe('EOP:FROMBORK:S2_MSI_L1C');
    expect(textAt(root, 'type')).toBe('series');
    expect(textAt(root, 'BoundingBox/LowerCorner')).toBe('-83 -180');
  });

  it('gives boxes in latitude, longitude by their CRS', () => {
    const [box] = select(written(optical, 'brief'), 'BoundingBox');
    expect(attribute(box, 'crs')).toBe('urn:x-ogc:def:crs:EPSG:6.11:4326');
    expect(textAt(box, 'LowerCorner')).toBe('-12.7 -77.7');
    expect(textAt(box, 'UpperCorner')).toBe('-11.7 -76.7');
  });

  it('cuts a box at the antimeridian', () => {
    const boxes = select(written(radar, 'brief'), 'BoundingBox');
    expect(boxes.map((box) => [textAt(box, 'LowerCorner'), textAt(box, 'UpperCorner')])).toEqual([
      ['-17 178', '-15 180'],
      ['-17 -180', '-15 -179'],
    ]);
  });

  it('adds temporal extents and WGS 84 boxes in 3.0', () => {
    const root = written(optical, 'summary', '3.0.0');
    expect(root.namespace).toBe('http://www.opengis.net/cat/csw/3.0');
    expect(select(root, 'BoundingBox')[0]?.namespace).toBe('http://www.opengis.net/ows/2.0');
    expect(textAt(root, 'WGS84BoundingBox/LowerCorner')).toBe('-77.7 -12.7');
    expect(textAt(root, 'TemporalExtent/begin')).toBe('2022-01-25T15:17:01.024Z');
    expect(names(root).slice(-3)).toEqual(['ows:BoundingBox', 'ows:WGS84BoundingBox', 'csw30:TemporalExtent']);
  });

  it('makes times of dates, as the schema of 3.0 wants them', () => {
    const root = written({ ...series, temporal: { start: '2015', end: '2016-02' } }, 'full', '3.0.0');
    expect(textAt(root, 'TemporalExtent/begin')).toBe('2015-01-01T00:00:00Z');
    expect(textAt(root, 'TemporalExtent/end')).toBe('2016-02-01T00:00:00Z');
  });

  it.each([
    [['dc:title'], ['dc:title']],
    [
      ['/csw:Record/dc:title', 'ows:BoundingBox'],
      ['dc:title', 'ows:BoundingBox'],
    ],
    [
      ['//dcterms:modified', 'identifier'],
      ['dc:identifier', 'dct:modified'],
    ],
    [['csw:TemporalExtent'], []],
    [['dc:nothing'], []],
  ])('gives the elements %j', (wanted, elements) => {
    const root = written(optical, wanted);
    expect(root.name).toBe('Record');
    expect(names(root)).toEqual(elements);
  });

  it('knows its elements', () => {
    expect(['dc:title', 'csw:Record/dct:abstract', 'BoundingBox'].map(isRecordElement)).toEqual([true, true, true]);
    expect(['dc:nothing', 'title:dc', ''].map(isRecordElement)).toEqual([false, false, false]);
  });
});

describe('Atom entry (RFC 4287 §4.1.2)', () => {
  it('has what a reader needs, and GeoRSS', () => {
    const entry = parseXml(writeAtomRecord(optical, MIRROR).text);
    expect(textAt(entry, 'identifier')).toBe(SENTINEL_2.id);
    expect(textAt(entry, 'updated')).toBe('2024-05-01T12:00:00.000Z');
    expect(textAt(entry, 'box')).toBe('-12.7 -77.7 -11.7 -76.7');
    expect(attribute(select(entry, 'link[rel=enclosure]')[0], 'href')).toMatch(/\.SAFE\.zip$/);
    expect(select(entry, 'link[rel=search]')).toHaveLength(1);
  });

  it('has no box across the antimeridian', () => {
    expect(select(parseXml(writeAtomRecord(radar, MIRROR).text), 'box')).toHaveLength(0);
  });
});
