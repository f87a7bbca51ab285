import { el, type XmlMarkup } from '../xml/xml-element.js';
import { FEATURE_NAMESPACE, FEATURE_PREFIX } from './feature-type.js';
import { invalidParameter } from './wfs-error.js';
import { WFS_VERSIONS } from './wfs-version.js';

/** The stored query every server has (OGC 09-025r2 §7.9.3.6). */
export const GET_FEATURE_BY_ID = 'http://www.opengis.net/def/query/OGC-WFS/0/GetFeatureById';
/** How 2.0.0 named it. */
const OLD_NAME = 'urn:ogc:def:query:OGC-WFS::GetFeatureById';

const TITLE = 'The feature of a resource id';

/** Whether a stored query is GetFeatureById, by either name. */
export function isFeatureById(name: string): boolean {
  return name === GET_FEATURE_BY_ID || name === OLD_NAME;
}

const ROOT = {
  'xmlns:wfs': WFS_VERSIONS['2.0.0'].namespace,
  [`xmlns:${FEATURE_PREFIX}`]: FEATURE_NAMESPACE,
  'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xsi:schemaLocation': `${WFS_VERSIONS['2.0.0'].namespace} ${WFS_VERSIONS['2.0.0'].schema}`,
};

/** `wfs:ListStoredQueriesResponse`, by both names of the one there is. */
export function writeStoredQueries(typeNames: readonly string[]): XmlMarkup {
  return el(
    'wfs:ListStoredQueriesResponse',
    ROOT,
    [GET_FEATURE_BY_ID, OLD_NAME].map((id) =>
      el(
        'wfs:StoredQuery',
        { id },
        el('wfs:Title', {}, TITLE),
        typeNames.map((name) => el('wfs:ReturnFeatureType', {}, `${FEATURE_PREFIX}:${name}`)),
      ),
    ),
  );
}

/** `wfs:DescribeStoredQueriesResponse` of the names asked for, or all. Throws InvalidParameterValue. */
export function writeStoredQueryDescriptions(ids: readonly string[], typeNames: readonly string[]): XmlMarkup {
  const unknown = ids.find((id) => !isFeatureById(id));
  if (unknown !== undefined) {
    throw invalidParameter('STOREDQUERY_ID', `There is no stored query ${unknown.slice(0, 200)}.`);
  }
  const described = ids.length === 0 ? [GET_FEATURE_BY_ID, OLD_NAME] : ids;
  const types = typeNames.map((name) => `${FEATURE_PREFIX}:${name}`).join(' ');
  return el(
    'wfs:DescribeStoredQueriesResponse',
    ROOT,
    described.map((id) =>
      el(
        'wfs:StoredQueryDescription',
        { id },
        el('wfs:Title', {}, TITLE),
        el('wfs:Parameter', { name: 'id', type: 'xsd:string' }, el('wfs:Title', {}, 'Resource id')),
        el('wfs:QueryExpressionText', {
          isPrivate: true,
          language: 'urn:ogc:def:queryLanguage:OGC-WFS::WFS_QueryExpression',
          returnFeatureTypes: types,
        }),
      ),
    ),
  );
}
