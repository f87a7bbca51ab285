import { describe, expect, it } from '@jest/globals';
import { SENTINEL_1_COLLECTIONS } from '#domain/collection/sentinel-1-collections.js';
import { SENTINEL_2_COLLECTIONS } from '#domain/collection/sentinel-2-collections.js';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import type { Collection } from '#domain/collection/collection.js';
import { SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { writeIso19115 } from '../iso19115-3/metadata.js';
import { collectionRecord, describeCollection } from '../records/describe-collection.js';
import { productRecord } from '../records/describe-product.js';
import type { ElementSet, MetadataRecord } from '../records/metadata-record.js';
import { parseXml } from '../xml/parse-xml.js';
import { attribute, childrenOf, select, selectFirst, textAt, textOf } from '../xml/xml-path.js';
import { inspireTheme } from './inspire-themes.js';
import { writeIso19139, type IsoForm } from './metadata.js';

const MIRROR = { address: 'https://mirror.example', name: 'FROMBORK' };
const facts = (collections: readonly Collection[], id: string) =>
  describeCollection(
    collections.find((collection) => collection.id === id)!,
    MIRROR,
  );
const optical = productRecord(SENTINEL_2, facts(SENTINEL_2_COLLECTIONS, 'sentinel-2-l1c'));
const radar = productRecord(SENTINEL_1, facts(SENTINEL_1_COLLECTIONS, 'sentinel-1-grd'));
const series = collectionRecord(facts(SENTINEL_2_COLLECTIONS, 'sentinel-2-l1c'));

const gmd = (record: MetadataRecord, set: ElementSet = 'full', form: IsoForm = 'gmd') =>
  parseXml(writeIso19139(record, form, set).text);
const mdb = (record: MetadataRecord, set: ElementSet = 'full') => parseXml(writeIso19115(record, set).text);
const names = (root: ReturnType<typeof gmd>, path?: string): readonly string[] => [
  ...new Set(childrenOf(path === undefined ? root : selectFirst(root, path)!).map(({ name }) => name)),
];
const IDENTIFICATION = 'identificationInfo/MD_DataIdentification';

describe('element sets of gmd:MD_Metadata (OGC 07-045 §8.2.2)', () => {
  it('is brief', () => {
    const root = gmd(optical, 'brief');
    expect(names(root)).toEqual(['fileIdentifier', 'hierarchyLevel', 'contact', 'dateStamp', 'identificationInfo']);
    expect(names(root, IDENTIFICATION)).toEqual(['citation', 'abstract', 'graphicOverview', 'language', 'extent']);
    expect(textAt(root, `${IDENTIFICATION}/citation//title`)).toBe(SENTINEL_2.id);
  });

  it('is a summary', () => {
    const root = gmd(optical, 'summary');
    expect(names(root)).toEqual([
      'fileIdentifier',
      'language',
      'characterSet',
      'parentIdentifier',
      'hierarchyLevel',
      'contact',
      'dateStamp',
      'metadataStandardName',
      'metadataStandardVersion',
      'referenceSystemInfo',
      'identificationInfo',
      'distributionInfo',
      'dataQualityInfo',
    ]);
    expect(names(root, IDENTIFICATION)).not.toContain('descriptiveKeywords');
    expect(select(root, '//DQ_DomainConsistency')).toHaveLength(0);
  });

  it('is full', () => {
    expect(names(gmd(optical))).toContain('contentInfo');
    expect(names(gmd(optical), IDENTIFICATION)).toEqual([
      'citation',
      'abstract',
      'pointOfContact',
      'graphicOverview',
      'resourceFormat',
      'descriptiveKeywords',
      'resourceConstraints',
      'spatialRepresentationType',
      'spatialResolution',
      'language',
      'characterSet',
      'topicCategory',
      'extent',
    ]);
  });
});

describe('a product in ISO 19139', () => {
  it('is a dataset of its collection', () => {
    const root = gmd(optical);
    expect(attribute(select(root, 'hierarchyLevel/MD_ScopeCode')[0], 'codeListValue')).toBe('dataset');
    expect(textAt(root, 'parentIdentifier')).toBe(textAt(gmd(series), 'fileIdentifier'));
    expect(textAt(root, 'referenceSystemInfo//Anchor')).toBe('EPSG:32718');
    expect(textAt(root, `${IDENTIFICATION}//TimePeriod/beginPosition`)).toBe('2022-01-25T15:17:01.024Z');
    expect(textAt(root, `${IDENTIFICATION}//Distance`)).toBe('10');
  });

  it('says cloud cover, sun and processing level of the image (ISO 19115 §6.7)', () => {
    const root = gmd(optical);
    expect(textAt(root, 'contentInfo/MD_ImageDescription/cloudCoverPercentage')).toBe('23.5');
    expect(textAt(root, 'contentInfo/MD_ImageDescription/illuminationElevationAngle')).toBe('61.2');
    expect(textAt(root, 'contentInfo/MD_ImageDescription/processingLevelCode')).toBe('L1C');
  });

  it('says in gmi by whom it was acquired (ISO 19115-2)', () => {
    const root = gmd(optical, 'full', 'gmi');
    expect(root).toMatchObject({ name: 'MI_Metadata', namespace: 'http://www.isotc211.org/2005/gmi' });
    const acquisition = selectFirst(root, 'acquisitionInformation/MI_AcquisitionInformation');
    expect(textAt(acquisition, 'platform/MI_Platform/identifier')).toBe('Sentinel-2A');
    expect(textAt(acquisition, '//MI_Instrument/identifier')).toBe('MSI');
    expect(textAt(acquisition, 'operation/MI_Operation/identifier')).toBe('34445');
  });

  it('lets west be greater than east at the antimeridian', () => {
    expect(textAt(gmd(radar), '//westBoundLongitude')).toBe('178.00');
    expect(textAt(gmd(radar), '//eastBoundLongitude')).toBe('-179.00');
  });

  it('has identifiers of XML no other record has', () => {
    const ids = [optical, radar].map((record) => attribute(select(gmd(record), '//TimePeriod')[0], 'id'));
    expect(new Set(ids).size).toBe(2);
    expect(ids.every((id) => /^[A-Za-z_][\w.-]*$/.test(id ?? ''))).toBe(true);
  });
});

describe('INSPIRE metadata (TG 2.0) of every series', () => {
  it.each(SENTINEL_COLLECTIONS.map((collection) => [collection.id, collection] as const))('%s', (_id, collection) => {
    const root = gmd(collectionRecord(describeCollection(collection, MIRROR)));
    const identification = selectFirst(root, IDENTIFICATION);
    expect(attribute(select(root, 'hierarchyLevel/MD_ScopeCode')[0], 'codeListValue')).toBe('series');
    expect(textAt(root, 'contact//electronicMailAddress')).toContain('@');
    expect(textAt(identification, 'citation//identifier')).toBe(`EOP:FROMBORK:${collection.shortName}`);
    expect(textAt(identification, 'topicCategory')).toBe(collection.inspire.topicCategory);
    const themes = select(identification, 'descriptiveKeywords/MD_Keywords/keyword/Anchor');
    expect(themes.map((theme) => attribute(theme, 'href'))).toEqual(collection.inspire.themes.map(inspireTheme));
    expect(themes.length).toBeGreaterThan(0);
    const limitation = select(identification, 'resourceConstraints//otherConstraints/Anchor').map((anchor) =>
      attribute(anchor, 'href'),
    );
    expect(limitation).toEqual([
      'http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/noLimitations',
    ]);
    expect(select(identification, 'resourceConstraints//useConstraints')).toHaveLength(1);
    expect(textAt(root, 'dataQualityInfo//specification//title')).toContain('1089/2010');
    expect(attribute(select(root, 'dataQualityInfo//pass')[0], 'nilReason')).toBe('unknown');
    expect(textAt(root, 'dataQualityInfo//statement')).toBe(collection.inspire.lineage);
    expect(select(root, 'distributionInfo//URL').length).toBeGreaterThan(1);
    expect(textAt(root, 'language')).toBe('eng');
  });
});

describe('mdb:MD_Metadata (ISO/TS 19115-3)', () => {
  it('says the same', () => {
    const root = mdb(optical);
    expect(root.namespace).toBe('http://standards.iso.org/iso/19115/-3/mdb/2.0');
    expect(textAt(root, 'metadataIdentifier')).toBe(SENTINEL_2.id);
    expect(textAt(root, 'parentMetadata//identifier')).toBe('EOP:FROMBORK:S2_MSI_L1C');
    expect(textAt(root, 'contentInfo//cloudCoverPercentage')).toBe('23.5');
    expect(textAt(root, 'acquisitionInformation//MI_Platform/identifier')).toBe('Sentinel-2A');
    expect(textAt(root, 'resourceLineage//statement')).toContain('Multi-Spectral');
    expect(select(root, 'distributionInfo//linkage').map(textOf)).toContain(
      'https://mirror.example/stac/collections/sentinel-2-l1c/items/S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036',
    );
  });

  it('is brief', () => {
    expect(names(mdb(optical, 'brief'))).toEqual([
      'metadataIdentifier',
      'metadataScope',
      'contact',
      'dateInfo',
      'identificationInfo',
    ]);
  });
});

describe('inspireTheme', () => {
  it('knows the themes of the annexes by title', () => {
    expect(inspireTheme('orthoimagery')).toBe('http://inspire.ec.europa.eu/theme/oi');
    expect(inspireTheme('Area management/restriction/regulation zones and reporting units')).toMatch(/am$/);
    expect(inspireTheme('Clouds')).toBeUndefined();
  });
});
