import type { BoundingBox } from '#domain/geometry/geometry.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { DEFAULT_CRS, OTHER_CRS } from './feature-crs.js';
import { FEATURE_PREFIX, type FeatureType } from './feature-type.js';
import { LISTED_FORMATS } from './output-formats.js';
import type { WfsContext } from './wfs-context.js';
import { WFS_VERSIONS, type WfsVersion } from './wfs-version.js';

/** `wfs:FeatureTypeList` (OGC 09-025r2 §8.3.4, 04-094 §13.3.3). */
export function featureTypeList(version: WfsVersion, { types }: Pick<WfsContext, 'types'>): XmlMarkup {
  return el(
    'wfs:FeatureTypeList',
    {},
    version === '1.1.0' && el('wfs:Operations', {}, el('wfs:Operation', {}, 'Query')),
    types.map((type) => describe(version, type)),
  );
}

function describe(version: WfsVersion, { name, title, abstract, keywords, bbox }: FeatureType): XmlMarkup {
  const word = version === '2.0.0' ? 'CRS' : 'SRS';
  const formats = [WFS_VERSIONS[version].gmlFormat, ...LISTED_FORMATS].map((format) => el('wfs:Format', {}, format));
  const listed = keywords.map((keyword) => el('ows:Keyword', {}, keyword));
  return el(
    'wfs:FeatureType',
    {},
    el('wfs:Name', {}, `${FEATURE_PREFIX}:${name}`),
    el('wfs:Title', {}, title),
    el('wfs:Abstract', {}, abstract),
    listed.length > 0 && el('ows:Keywords', {}, listed),
    el(`wfs:Default${word}`, {}, DEFAULT_CRS.srsName),
    OTHER_CRS.map((crs) => el(`wfs:Other${word}`, {}, crs)),
    el('wfs:OutputFormats', {}, formats),
    geographicBox(bbox),
  );
}

function geographicBox([west, south, east, north]: BoundingBox): XmlMarkup {
  return el(
    'ows:WGS84BoundingBox',
    {},
    el('ows:LowerCorner', {}, `${west} ${south}`),
    el('ows:UpperCorner', {}, `${east} ${north}`),
  );
}
