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

describe('records of other catalogues come back as they went in', () => {
  it.each(
    files('cite/csw202/data/*.xml', 'csw/pycsw/**/data/*.xml', 'csw/inspire/*.xml', 'csw/pycsw/{cite,csw30,apiso}/expected/*.xml')
      .filter((path) => !path.endsWith('GetRecords-elementname.xml')),
  )('%s', (path) => {
    for (const found of recordsOf(path)) {
      const record = readRecord(found);
      const product = recordToProduct(record, found);
      expect(product.acquiredFrom.getTime()).toBeLessThanOrEqual(product.acquiredTo.getTime());
      if (product.collection !== 'records') continue;
      const stored = productRecord(product, facts);
      const [again] = findRecords(parseXml(write(stored, found).text));
      expect(essence(readRecord(again!))).toEqual(essence(record));
    }
  }); // prettier-ignore
});

describe('the sample records of CSW 2.0.2', () => {
  const all = files('cite/csw202/data/*.xml').map((path) => readRecord(recordsOf(path)[0]!));

  it.each(there ? [['12 records, 3 of them with a box in latitude, longitude']] : [])('%s', () => {
    expect(all).toHaveLength(12);
    expect(all.flatMap(({ bbox }) => (bbox === undefined ? [] : [bbox])).toSorted((a, b) => a[0] - b[0])).toEqual([
      [-6.171, 44.792, -2.228, 51.126],
      [-4.097, 47.595, 0.889, 51.217],
      [13.754, 60.042, 17.92, 68.41],
    ]);
    expect(all.filter(({ title }) => title === undefined)).toHaveLength(3);
  });
});

describe('a Sentinel-2 scene in ISO 19115-2', () => {
  it.each(files('csw/pycsw/apiso/data/iso_19115-2_Sentinel-2-scene.xml'))('%s', (path) => {
    const product = recordToProduct(readRecord(recordsOf(path)[0]!));
    expect(product).toMatchObject({
      collection: 'sentinel-2-l2a',
      id: 'S2B_MSIL2A_20200902T090559_N0214_R050_T34SFG_20200902T113910',
    });
    expect(product.properties).toMatchObject({ platform: 'sentinel-2b', instrument: 'msi', snowCover: 0 });
    expect(product.acquiredFrom.toISOString()).toBe('2020-09-02T09:05:59.024Z');
  });
});

describe('an INSPIRE data set', () => {
  it.each(files('csw/inspire/Dataset_metadata_2.0_example.xml'))('%s', (path) => {
    expect(readRecord(recordsOf(path)[0]!)).toMatchObject({
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
