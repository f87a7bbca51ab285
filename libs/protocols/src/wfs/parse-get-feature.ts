import type { SortKey } from '#domain/catalog/catalog-query.js';
import type { Kvp } from '../ows/kvp.js';
import type { XmlElement } from '../xml/xml-element.js';
import { parseXml } from '../xml/parse-xml.js';
import { DEFAULT_CRS, parseSrsName } from './feature-crs.js';
import { propertyName } from './feature-names.js';
import { localName } from './feature-type.js';
import { boxFilter, parseFeatureFilter, type GeographicBounds } from './geographic-filter.js';
import { parseOutputFormat } from './output-formats.js';
import { GET_FEATURE_BY_ID, isFeatureById } from './stored-queries.js';
import { invalidParameter, missingParameter, WfsError } from './wfs-error.js';
import type { FeatureBox, FeatureQuery, GetFeatureRequest } from './wfs-request.js';
import type { WfsVersion } from './wfs-version.js';

/** A GetFeature before it is read: its parameters by upper-case name, and the filter of a request in XML. */
export interface GivenFeatures {
  readonly kvp: Kvp;
  readonly version: WfsVersion;
  readonly filter?: XmlElement | undefined;
}

const FILTER_LIMITS = { size: 1 << 20 };
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Reads GetFeature of either version (OGC 09-025r2 §11, 04-094 §9). Throws WfsError, and InvalidError for filters and XML. */
export function parseGetFeature(given: GivenFeatures, boundsOf: GeographicBounds): GetFeatureRequest {
  const { kvp, version } = given;
  const storedQuery = kvp.get('STOREDQUERY_ID') ?? kvp.get('STOREDQUERYID');
  const query = storedQuery === undefined ? parseQuery(given, boundsOf) : parseStored(storedQuery, kvp);
  const resultType = kvp.get('RESULTTYPE')?.toLowerCase() ?? 'results';
  if (resultType !== 'results' && resultType !== 'hits') {
    throw invalidParameter('resultType', 'The result type is results or hits.');
  }
  const count = parseWhole(kvp, 'COUNT', 'MAXFEATURES');
  const srsName = kvp.get('SRSNAME');
  const form = parseOutputFormat(kvp.get('OUTPUTFORMAT'));
  return {
    kind: 'GetFeature',
    version,
    query: { ...query, crs: srsName === undefined ? undefined : parseSrsName(srsName) },
    form,
    isHits: resultType === 'hits',
    ...(count === undefined ? {} : { count }),
    startIndex: parseWhole(kvp, 'STARTINDEX') ?? 0,
    isSingle: storedQuery !== undefined,
    parameters: kvp,
  };
}

function parseStored(name: string, kvp: Kvp): FeatureQuery {
  if (!isFeatureById(name)) {
    throw invalidParameter('STOREDQUERY_ID', `There is one stored query, ${GET_FEATURE_BY_ID}.`);
  }
  const id = kvp.get('ID');
  if (id === undefined) throw missingParameter('ID');
  return { resourceIds: [id] };
}

function parseQuery({ kvp, filter }: GivenFeatures, boundsOf: GeographicBounds): FeatureQuery {
  const ids = listOf(kvp.get('RESOURCEID') ?? kvp.get('FEATUREID'));
  const typeName = parseTypeName(kvp.get('TYPENAMES') ?? kvp.get('TYPENAME'));
  if (typeName === undefined && ids.length === 0) throw missingParameter('typeNames');
  return {
    typeName,
    resourceIds: ids.length === 0 ? undefined : ids,
    filter: conditionsOf(kvp, filter ?? filterOf(kvp.get('FILTER')), boundsOf),
    sort: parseSort(kvp.get('SORTBY')),
    properties: parseProperties(kvp.get('PROPERTYNAME')),
  };
}

function conditionsOf(kvp: Kvp, element: XmlElement | undefined, boundsOf: GeographicBounds): FeatureQuery['filter'] {
  const box = kvp.get('BBOX');
  const args = [
    ...(element === undefined ? [] : [parseFeatureFilter(element, boundsOf)]),
    ...(box === undefined ? [] : [boxFilter(parseBox(box), boundsOf)]),
  ];
  return args.length === 0 ? undefined : { op: 'and', args };
}

/** One type; joins and several queries at once are no part of the simple profile. */
function parseTypeName(text: string | undefined): string | undefined {
  const names = listOf(text?.replace(/^\(([^()]*)\)$/, '$1'));
  if (names.length > 1 || /[()]/.test(text?.slice(1, -1) ?? '')) {
    throw new WfsError('One feature type is asked for at once.', 'OptionNotSupported', 'typeNames');
  }
  return names[0] === undefined ? undefined : localName(names[0]);
}

function filterOf(text: string | undefined): XmlElement | undefined {
  const given = text?.trim() ?? '';
  const markup = given.startsWith('(') && given.endsWith(')') ? given.slice(1, -1) : given;
  return markup === '' ? undefined : parseXml(markup, FILTER_LIMITS);
}

/** Lower corner, upper corner, and a system; without one the default, latitude first (OGC 09-025r2 annex D). */
function parseBox(text: string): FeatureBox {
  const parts = text.split(',').map((part) => part.trim());
  const crs = parts.length > 4 ? parseSrsName(parts.slice(4).join(','), 'BBOX') : DEFAULT_CRS;
  const [a, b, c, d] = parts.slice(0, 4).map((part) => (NUMBER.test(part) ? Number(part) : Number.NaN)) as [
    number,
    number,
    number,
    number,
  ];
  if (parts.length < 4 || ![a, b, c, d].every(Number.isFinite)) {
    throw invalidParameter(
      'BBOX',
      'BBOX is lower corner, upper corner and a system: 47,10,49,12,urn:ogc:def:crs:EPSG::4326.',
    );
  }
  const bbox: FeatureBox['bbox'] = crs.northFirst ? [b, a, d, c] : [a, b, c, d];
  if (bbox[1] > bbox[3] || bbox[0] > bbox[2]) {
    throw invalidParameter(
      'BBOX',
      'The lower corner of BBOX lies below the upper one: is the axis order that of its system?',
    );
  }
  return { crs, bbox };
}

const DIRECTION = /^(?:D|DESC|A|ASC)$/i;

/** `cloudCover DESC,id`; `+` for the blank, and `A` and `D`, are understood. */
function parseSort(text: string | undefined): readonly SortKey[] | undefined {
  const keys = listOf(text).map((part): SortKey => {
    const [name = '', direction = 'ASC', ...more] = part.split(/[\s+]+/);
    if (more.length > 0 || !DIRECTION.test(direction)) {
      throw invalidParameter('SortBy', `"${part.slice(0, 100)}" is no property with ASC or DESC behind it.`);
    }
    const property = propertyName(name, 'SortBy');
    if (property === 'geometry') throw invalidParameter('SortBy', 'Footprints have no order.');
    return { property, direction: /^d/i.test(direction) ? 'desc' : 'asc' };
  });
  return keys.length === 0 ? undefined : keys;
}

function parseProperties(text: string | undefined): readonly string[] | undefined {
  const names = listOf(text?.replaceAll(/[()]/g, ''));
  if (names.length === 0 || names.includes('*')) return undefined;
  return names.filter((name) => !/(^|:)boundedBy$/.test(name)).map((name) => propertyName(name, 'propertyName'));
}

/** Largest number that is read at all; what one answer holds is decided by the service. */
const MOST = 1_000_000_000;

function parseWhole(kvp: Kvp, ...names: readonly string[]): number | undefined {
  const name = names.find((one) => kvp.has(one));
  const text = name === undefined ? undefined : kvp.get(name)?.trim();
  if (text === undefined) return undefined;
  const number = /^\d{1,18}$/.test(text) ? Math.min(Number(text), MOST) : Number.NaN;
  if (Number.isNaN(number)) {
    throw invalidParameter(name!.toLowerCase(), `${name} is a whole number, not "${text.slice(0, 50)}".`);
  }
  return number;
}

/** Cuts a list at its commas; empty ones are no values. */
export function listOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}
