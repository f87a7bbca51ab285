import type { Collection } from './collection.js';
import { WORLD } from './copernicus-terms.js';

/** Id of the collection of metadata records that are no Sentinel products. */
export const RECORDS = 'records';

/** Metadata records published or harvested here: whatever a catalogue holds besides the products it knows. What applies to a record it says itself. */
export const RECORD_COLLECTION: Collection = {
  id: RECORDS,
  shortName: 'RECORDS',
  title: 'Metadata records',
  description: 'Metadata records published or harvested here.',
  keywords: ['metadata', 'catalogue'],
  mission: 'Other',
  platforms: [],
  instrument: 'various',
  sensorType: 'OPTICAL',
  processingLevel: 'various',
  productTypes: [],
  temporalStart: '1970-01-01',
  bbox: WORLD,
  license: {
    id: 'other',
    title: 'Terms of each record',
    url: 'https://inspire.ec.europa.eu/metadata-codelist/ConditionsApplyingToAccessAndUse/conditionsUnknown',
  },
  provider: { name: 'Publishers of the records', url: 'https://inspire.ec.europa.eu' },
  inspire: {
    topicCategory: 'imageryBaseMapsEarthCover',
    themes: [],
    lineage: 'Published or harvested as the records say.',
    accessConstraints: 'as stated in each record',
    useConditions: 'as stated in each record',
    specificationTitle:
      'Commission Regulation (EC) No 1205/2008 of 3 December 2008 implementing Directive 2007/2/EC as regards metadata',
    specificationDate: '2008-12-04',
  },
};
