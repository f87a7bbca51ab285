import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RECORDS } from '#domain/collection/record-collection.js';
import { checkGeometry } from '#domain/geometry/check-geometry.js';
import type { BoundingBox, Geometry } from '#domain/geometry/geometry.js';
import { writeCommonRecord } from '../csw/common-record.js';
import { RECORD_VERSIONS } from '../csw/record-version.js';
import { writeIso19115 } from '../iso19115-3/metadata.js';
import { writeIso19139 } from '../iso19139/metadata.js';
import { writeOaiDublinCore } from '../oai/dublin-core-record.js';
import { parseXml } from '../xml/parse-xml.js';
import { findRecords, readRecord } from './find-records.js';
import type { MetadataRecord } from './metadata-record.js';
import { recordToProduct } from './record-product.js';
import { originalRecord, storedRecord } from './stored-record.js';

// oxlint-disable-next-line no-control-regex -- control characters are what it replaces
const ILLEGAL = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g;
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((value) => `x${value.replaceAll(ILLEGAL, '?')}y`);
const texts = fc.uniqueArray(text, { maxLength: 4 });
const degrees = (limit: number) =>
  fc.double({ min: -limit, max: limit, noNaN: true }).map((value) => Math.round(value * 1e6) / 1e6 + 0);
const box = fc
  .tuple(degrees(179.9), degrees(90), degrees(179.9), degrees(90))
  .filter(([west, south, east, north]) => west !== east && south !== north)
  .map(([west, a, east, b]): BoundingBox => [west, Math.min(a, b), east, Math.max(a, b)]);
const time = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .chain((date) => fc.constantFrom(4, 7, 10, 24).map((length) => date.toISOString().slice(0, length)));

/** A footprint in a box, where that does not cross the antimeridian. */
const triangle = ([west, south, east, north]: BoundingBox): { readonly footprint?: Geometry } => {
  if (west > east) return {};
  return { footprint: { type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, south]]] } }; // prettier-ignore
};

const record: fc.Arbitrary<MetadataRecord> = fc
  .record({
    id: text,
    title: text,
    abstract: text,
    keywords: texts,
    dates: fc.record({ creation: time, publication: time }),
    modified: time,
    bbox: box,
    temporal: fc.record({ start: time, end: time }),
    formats: texts,
    rights: texts,
    places: fc.array(text, { maxLength: 1 }),
    language: fc.constantFrom('eng', 'ger', 'pol'),
    parentIdentifier: text,
    lineage: text,
    creator: text,
    availability: fc.constantFrom('online' as const, 'staging' as const, 'offline' as const),
    cloudCover: fc.double({ min: 0, max: 100, noNaN: true }).map((value) => value + 0),
  })
  .map(({ creator, cloudCover, ...rest }) => ({
    ...rest,
    ...triangle(rest.bbox),
    type: 'dataset',
    themes: [],
    topics: [],
    properties: { instrument: 'msi', cloudCover },
    onlineResources: [{ href: 'https://data.example/?a=1&b=2', protocol: 'WWW:LINK' }],
    quicklook: 'https://data.example/q.jpg',
    parties: [{ name: creator, role: 'originator' }],
    sources: [],
    relations: [],
    accessConstraints: [],
    coverage: [],
  }));

const read = (written: { readonly text: string }): MetadataRecord => {
  const [found, ...more] = findRecords(parseXml(`<answer>${written.text}</answer>`));
  expect(more).toEqual([]);
  return readRecord(found!);
};
/** What every schema keeps. */
const essence = ({ id, title, abstract, keywords, dates, bbox, formats, language, availability }: MetadataRecord) => ({
  id,
  title,
  abstract,
  keywords,
  dates,
  bbox,
  formats,
  language,
  availability,
});
/** What all but oai_dc keep besides. */
const more = ({ modified, temporal, rights, places, parentIdentifier, lineage, onlineResources, quicklook }: MetadataRecord) => ({
  modified,
  temporal,
  rights,
  places,
  parentIdentifier,
  lineage,
  onlineResources,
  quicklook,
}); // prettier-ignore

describe('a record written is read as it was', () => {
  it('as csw:Record of 2.0.2', () => {
    fc.assert(
      fc.property(record, (given) => {
        const back = read(writeCommonRecord(given, RECORD_VERSIONS['2.0.2'], 'full'));
        expect(essence(back)).toEqual(essence(given));
        expect(more(back)).toEqual(more(given));
        expect(back.parties).toEqual(given.parties);
      }),
    );
  });

  it('as csw30:Record', () => {
    fc.assert(
      fc.property(record, (given) => {
        const back = read(writeCommonRecord(given, RECORD_VERSIONS['3.0.0'], 'full'));
        expect(essence(back)).toEqual(essence(given));
      }),
    );
  });

  it('as gmi:MI_Metadata', () => {
    fc.assert(
      fc.property(record, (given) => {
        const back = read(writeIso19139(given, 'gmi', 'full'));
        expect(essence(back)).toEqual(essence(given));
        expect(more(back)).toEqual(more(given));
        expect(back.properties).toMatchObject(given.properties);
        expect(back.footprint).toEqual(given.footprint);
      }),
    );
  });

  it('as mdb:MD_Metadata', () => {
    fc.assert(
      fc.property(record, (given) => {
        const back = read(writeIso19115(given, 'full'));
        expect(essence(back)).toEqual(essence(given));
        expect(more(back)).toEqual(more(given));
        expect(back.properties).toMatchObject(given.properties);
        expect(back.footprint).toEqual(given.footprint);
      }),
    );
  });

  it('as oai_dc, but for roles of dates', () => {
    fc.assert(
      fc.property(record, (given) => {
        const back = read(writeOaiDublinCore(given));
        const { id, title, abstract, keywords, formats, availability } = given;
        expect(back).toMatchObject({ id, title, abstract, keywords, formats, availability });
        expect(back.dates).toEqual({ date: given.dates.publication });
      }),
    );
  });

  it('as a product of the collection of records', () => {
    fc.assert(
      fc.property(record, (given) => {
        const product = recordToProduct(given, { xml: '<a/>', schema: 'urn:a' });
        expect(product).toMatchObject({ collection: RECORDS, id: given.id, online: 'metadata-only' });
        expect(product.acquiredFrom.getTime()).toBeLessThanOrEqual(product.acquiredTo.getTime());
        checkGeometry(product.geometry!, { subject: 'box', maxPositions: 10, maxLongitude: 180 });
        const kept = { ...product, extra: JSON.parse(JSON.stringify(product.extra)) as typeof product.extra };
        expect(storedRecord(kept)).toEqual(given);
        expect(originalRecord(kept, 'urn:a')).toBe('<a/>');
        expect(originalRecord(kept, 'urn:b')).toBeUndefined();
      }),
    );
  });
});
