import type { BoundingBox } from '../geometry/geometry.js';
import type { CollectionLicense, CollectionProvider, InspireFields } from './collection.js';

/** Terms every Copernicus Sentinel product comes under (Regulations (EU) No 1159/2013 and 2021/696): free, full and open. */
export const SENTINEL_LICENSE: CollectionLicense = {
  id: 'other',
  title: 'Legal notice on the use of Copernicus Sentinel Data and Service Information',
  url: 'https://sentinels.copernicus.eu/documents/247904/690755/Sentinel_Data_Legal_Notice',
};

/** Who processes Sentinel-1, -2, -5P and the land products of Sentinel-3. */
export const ESA: CollectionProvider = {
  name: 'European Space Agency (ESA)',
  url: 'https://sentinels.copernicus.eu',
  email: 'eosupport@copernicus.esa.int',
};

/** Who processes the marine and atmospheric products of Sentinel-3. */
export const EUMETSAT: CollectionProvider = {
  name: 'EUMETSAT',
  url: 'https://www.eumetsat.int',
  email: 'ops@eumetsat.int',
};

/** The whole Earth. */
export const WORLD: BoundingBox = [-180, -90, 180, 90];

/** What differs between the INSPIRE metadata (TG 2.0) of Sentinel series: ISO 19115 topic category, themes by their GEMET titles, lineage. */
export function sentinelInspire(topicCategory: string, themes: readonly string[], lineage: string): InspireFields {
  return {
    topicCategory,
    themes,
    lineage,
    accessConstraints: 'no limitations to public access',
    useConditions:
      'Free, full and open access under the legal notice on the use of Copernicus Sentinel Data and Service Information; when publishing, state "Contains modified Copernicus Sentinel data [year]".',
    specificationTitle:
      'Commission Regulation (EU) No 1089/2010 of 23 November 2010 implementing Directive 2007/2/EC as regards interoperability of spatial data sets and services',
    specificationDate: '2010-12-08',
  };
}
