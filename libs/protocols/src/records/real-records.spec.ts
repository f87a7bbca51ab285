import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { RECORD_COLLECTION } from '#domain/collection/record-collection.js';
import { writeCommonRecord } from '../csw/common-record.js';
import { RECORD_VERSIONS } from '../csw/record-version.js';
import { writeIso19115 } from '../iso19115-3/metadata.js';
import { writeIso19139 } from '../iso19139/metadata.js';
import { parseXml, parseXmlBytes } from '../xml/parse-xml.js';
import type { XmlText } from '../xml/xml-template.js';
import { describeCollection } from './describe-collection.js';
import { productRecord } from './describe-product.js';
import { findRecords, readRecord, type FoundRecord } from './find-records.js';
import type { MetadataRecord } from './metadata-record.js';
import { recordToProduct } from './record-product.js';

const FIXTURES = '../shared/fixtures';
const there = existsSync(FIXTURES);
if (!there) console.warn('skipped: the fixtures of catalogues are not here');

const files = (...patterns: readonly string[]): readonly string[] =>
  there
    ? patterns.flatMap((pattern) => globSync(`${FIXTURES}/${pattern}`)).map((path) => path.slice(FIXTURES.length + 1))
    : [];
const recordsOf = (path: string): readonly FoundRecord[] =>
  findRecords(parseXmlBytes(readFileSync(`${FIXTURES}/${path}`)));

const facts = describeCollection(RECORD_COLLECTION, { address: 'https://mirror.example', name: 'FROMBORK' });

/** Writes a record in the schema it came in. */
const write = (record: MetadataRecord, { schema }: FoundRecord): XmlText => {
  if (schema.includes('/csw/')) {
    return writeCommonRecord(record, RECORD_VERSIONS[schema.endsWith('3.0') ? '3.0.0' : '2.0.2'], 'full');
  }
  return schema.includes('/mdb/') ? writeIso19115(record, 'full') : writeIso19139(record, 'gmi', 'full');
};

const essence = ({ id, title, bbox, keywords, dates, modified, temporal }: MetadataRecord) => ({
  id,
  title,
  bbox,
  keywords,
  dates,
  modified,
  temporal,
});

/** A record goes through the catalogue and is written in its own schema again. */
const comesBack = (found: FoundRecord): void => {
  const record = readRecord(found);
  const product = recordToProduct(record, found);
  expect(product.acquiredFrom.getTime()).toBeLessThanOrEqual(product.acquiredTo.getTime());
  if (product.collection !== 'records') return;
  const [again] = findRecords(parseXml(write(productRecord(product, facts), found).text));
  expect(essence(readRecord(again!))).toEqual(essence(record));
};

describe('records of other catalogues come back as they went in', () => {
  it('a record of the sample catalogue, retyped', () => {
    const sample = `<csw:Record xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:ows="http://www.opengis.net/ows"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/"><dc:identifier>urn:uuid:94bc9c83</dc:identifier>
      <dc:type>http://purl.org/dc/dcmitype/Dataset</dc:type><dc:title>Mauris sed neque</dc:title><dc:subject>Vegetation-Cropland</dc:subject>
      <dc:date>2006-03-26</dc:date><ows:BoundingBox crs="urn:x-ogc:def:crs:EPSG:6.11:4326"><ows:LowerCorner>47.595 -4.097</ows:LowerCorner>
      <ows:UpperCorner>51.217 0.889</ows:UpperCorner></ows:BoundingBox></csw:Record>`;
    comesBack(findRecords(parseXml(sample))[0]!);
  });

  const answers = files('csw/pycsw/{cite,csw30,apiso}/expected/*.xml').filter(
    (path) => !path.endsWith('-elementname.xml'),
  );
  for (const path of [...files('cite/csw202/data/*.xml', 'csw/pycsw/**/data/*.xml', 'csw/inspire/*.xml'), ...answers]) {
    it(path, () => recordsOf(path).forEach(comesBack));
  }
});

if (there) {
  describe('what certain records say', () => {
    it('the 12 samples of CSW 2.0.2, three with a box in latitude, longitude', () => {
      const all = files('cite/csw202/data/*.xml').map((path) => readRecord(recordsOf(path)[0]!));
      expect(all).toHaveLength(12);
      expect(all.flatMap(({ bbox }) => (bbox === undefined ? [] : [bbox])).toSorted((a, b) => a[0] - b[0])).toEqual([
        [-6.171, 44.792, -2.228, 51.126],
        [-4.097, 47.595, 0.889, 51.217],
        [13.754, 60.042, 17.92, 68.41],
      ]);
      expect(all.filter(({ title }) => title === undefined)).toHaveLength(3);
    });

    it('a Sentinel-2 scene in ISO 19115-2', () => {
      const [found] = recordsOf('csw/pycsw/apiso/data/iso_19115-2_Sentinel-2-scene.xml');
      const product = recordToProduct(readRecord(found!));
      expect(product).toMatchObject({
        collection: 'sentinel-2-l2a',
        id: 'S2B_MSIL2A_20200902T090559_N0214_R050_T34SFG_20200902T113910',
      });
      expect(product.properties).toMatchObject({ platform: 'sentinel-2b', instrument: 'msi', snowCover: 0 });
      expect(product.acquiredFrom.toISOString()).toBe('2020-09-02T09:05:59.024Z');
    });

    it('an INSPIRE data set', () => {
      expect(readRecord(recordsOf('csw/inspire/Dataset_metadata_2.0_example.xml')[0]!)).toMatchObject({
        title: 'Land Use map of MyCountry',
        themes: ['Land use'],
        topics: ['planningCadastre'],
        bbox: [14.18, 35.81, 14.58, 36.08],
        temporal: { start: '2019-04-29' },
        crs: 'EPSG:4258',
        language: 'eng',
      });
    });
  });
}
