import type { Filter } from '#domain/catalog/catalog-query.js';
import { parseCql } from '../cql/parse-cql.js';
import { parseFilter } from '../fes/parse-filter.js';
import { preferredMediaType } from '../http/preferred-media-type.js';
import type { Kvp } from '../ows/kvp.js';
import { withoutUndefined } from '../safe/without-undefined.js';
import { parseXml } from '../xml/parse-xml.js';
import { CswError, invalidValue, missingValue } from './csw-error.js';
import { openKvp, type CswKvp } from './csw-kvp.js';
import { CSW_NAMES, findCswQueryable } from './csw-queryables.js';
import type { CapabilitiesRequest, CswRequest, CswSortKey, RecordsRequest } from './csw-request.js';
import { hasOperation } from './operations.js';
import { capabilitiesFormat, describedTypes, parseSections } from './parse-descriptions.js';
import {
  checkTypeNames,
  listOf,
  parseCount,
  parsePresentation,
  parseResultType,
  type PresentationParameters,
} from './parse-common-parameters.js';
import { searchConditions } from './search-conditions.js';

/** Most records of one answer. */
export const MAX_RECORDS = 1000;

/**
 * A request in key-value pairs (OGC 07-006r1 §10, OGC 12-176r7 §7; names in any case, the names of either version for the same thing). Nothing at all asks
 * for the capabilities, or the OpenSearch description where the client accepts that first. Throws CswError and InvalidError.
 */
export function parseKvpRequest(query: string, accept: string | undefined): CswRequest {
  if (!/(^|&)(service|request)=/i.test(query)) {
    return wantsDescription(accept) ? { kind: 'OpenSearchDescription', version: '3.0.0' } : bareCapabilities(query);
  }
  const given = openKvp(query);
  const read = OPERATIONS.get(given.operation.toLowerCase());
  if (read === undefined || !isSpelled(given)) throw unknownOperation(given.operation);
  return read(given, accept);
}

/** Values mind their case (OGC 06-121r9 §11.5.2), but clients of 2.0.2 never did. */
function isSpelled({ version, operation }: CswKvp): boolean {
  return version === '2.0.2' || hasOperation(operation);
}

/** OperationNotSupported in 2.0.2 and 3.0 alike is about a known operation: this one is nobody's. */
export function unknownOperation(operation: string): CswError {
  return invalidValue('request', `There is no operation ${operation.slice(0, 100)}.`);
}

function wantsDescription(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const preferred = preferredMediaType(accept, ['application/xml', ...DESCRIPTION_TYPES]);
  return DESCRIPTION_TYPES.some((type) => type === preferred);
}

const DESCRIPTION_TYPES = [
  'application/opensearchdescription+xml',
  'application/vnd.a9.opensearchdescription+xml',
] as const;

/** Parameters of other kinds alone (a token, a language) change nothing. */
function bareCapabilities(query: string): CapabilitiesRequest {
  const language = new URLSearchParams(query).get('language') ?? undefined;
  return {
    kind: 'GetCapabilities',
    version: '3.0.0',
    mediaType: 'application/xml',
    ...(language === undefined ? {} : { language }),
  };
}

type Reader = (given: CswKvp, accept: string | undefined) => CswRequest;

const OPERATIONS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['getcapabilities', readCapabilities],
  ['describerecord', ({ kvp, version }) => ({
    kind: 'DescribeRecord',
    version,
    ...describedTypes(listOf(kvp.get('TYPENAME') ?? kvp.get('TYPENAMES')), {
      outputFormat: kvp.get('OUTPUTFORMAT'),
      schemaLanguage: kvp.get('SCHEMALANGUAGE'),
    }),
  })],
  ['getdomain', readDomain],
  ['getrecords', readRecords],
  ['getrecordbyid', readRecordById],
  ['getrepositoryitem', ({ kvp, version }) => {
    const id = kvp.get('ID');
    if (id === undefined) throw missingValue('id');
    return { kind: 'GetRepositoryItem', version, id };
  }],
  ['harvest', readHarvest],
  ['transaction', () => {
    throw new CswError('A Transaction is sent by POST, in XML.', 'OperationNotSupported', 'Transaction');
  }],
]); // prettier-ignore

function readCapabilities({ kvp, version, present }: CswKvp): CswRequest {
  if (kvp.get('MODE')?.toLowerCase() === 'opensearch') return { kind: 'OpenSearchDescription', version };
  const language = kvp.get('LANGUAGE');
  const sections = present.has('SECTIONS') ? parseSections(listOf(kvp.get('SECTIONS'))) : undefined;
  return {
    kind: 'GetCapabilities',
    version,
    mediaType: capabilitiesFormat(version, listOf(kvp.get('ACCEPTFORMATS'))),
    ...(sections === undefined ? {} : { sections }),
    ...(language === undefined ? {} : { language }),
  };
}

function readDomain({ kvp, version }: CswKvp): CswRequest {
  const parameterNames = listOf(kvp.get('PARAMETERNAME'));
  const propertyNames = listOf(kvp.get('PROPERTYNAME') ?? kvp.get('VALUEREFERENCE'));
  if (parameterNames.length + propertyNames.length === 0) throw missingValue('parameterName');
  return { kind: 'GetDomain', version, parameterNames, propertyNames };
}

function readRecords({ kvp, version }: CswKvp, accept: string | undefined): RecordsRequest {
  checkTypeNames(listOf(kvp.get('TYPENAMES') ?? kvp.get('TYPENAME') ?? (version === '3.0.0' ? 'Record' : undefined)));
  const filter = joined([...constraintOf(kvp), ...searchConditions(kvp)]);
  const hops = hopsOf(kvp);
  return {
    kind: 'GetRecords',
    version,
    ...parsePresentation(version, presentationOf(kvp, accept)),
    resultType: parseResultType(version, kvp.get('RESULTTYPE')),
    startPosition: Math.max(
      1,
      parseCount('startPosition', kvp.get('STARTPOSITION') ?? kvp.get('STARTINDEX'), { least: 0, fallback: 1 }),
    ),
    maxRecords: Math.min(
      MAX_RECORDS,
      parseCount('maxRecords', kvp.get('MAXRECORDS') ?? kvp.get('COUNT'), { least: 0, fallback: 10 }),
    ),
    sort: sortOf(kvp.get('SORTBY')),
    ...(filter === undefined ? {} : { filter }),
    ...withoutUndefined({
      requestId: kvp.get('REQUESTID'),
      language: kvp.get('LANGUAGE'),
      searchTerms: kvp.get('Q'),
      uid: kvp.get('UID'),
    }),
    ...(hops === undefined ? {} : { hopCount: hops }),
  };
}

function presentationOf(kvp: Kvp, accept: string | undefined): PresentationParameters {
  return {
    outputFormat: kvp.get('OUTPUTFORMAT'),
    outputSchema: kvp.get('OUTPUTSCHEMA'),
    elementSet: kvp.get('ELEMENTSETNAME'),
    elementNames: listOf(kvp.get('ELEMENTNAME')),
    accept,
  };
}

function readRecordById({ kvp, version }: CswKvp, accept: string | undefined): CswRequest {
  const presentation = parsePresentation(version, presentationOf(kvp, accept));
  const ids = listOf(kvp.get('ID'));
  if (ids.length === 0) throw missingValue('id');
  const language = kvp.get('LANGUAGE');
  return { kind: 'GetRecordById', version, ids, ...presentation, ...(language === undefined ? {} : { language }) };
}

function readHarvest({ kvp, version }: CswKvp): CswRequest {
  const [source, resourceType, interval] = [kvp.get('SOURCE'), kvp.get('RESOURCETYPE'), kvp.get('HARVESTINTERVAL')];
  if (source === undefined) throw missingValue('source');
  if (resourceType === undefined) throw missingValue('resourceType');
  const handlers = listOf(kvp.get('RESPONSEHANDLER'));
  return { kind: 'Harvest', version, source, resourceType, handlers, ...(interval === undefined ? {} : { interval }) };
}

function constraintOf(kvp: Kvp): readonly Filter[] {
  const text = kvp.get('CONSTRAINT') ?? kvp.get('FILTER');
  if (text === undefined) return [];
  const language = (
    kvp.get('CONSTRAINTLANGUAGE') ?? (text.trimStart().startsWith('<') ? 'FILTER' : 'CQL_TEXT')
  ).toUpperCase();
  if (language === 'CQL_TEXT') return [parseCql(text, CSW_NAMES)];
  if (language === 'FILTER' || language.endsWith('/FES/2.0')) return [parseFilter(parseXml(text), CSW_NAMES)];
  throw invalidValue(
    'constraintLanguage',
    `The constraint language ${language.slice(0, 100)} is not CQL_TEXT or FILTER.`,
  );
}

/** Joins conditions that all have to hold. */
export function joined(args: readonly Filter[]): Filter | undefined {
  return args.length < 2 ? args[0] : { op: 'and', args };
}

function hopsOf(kvp: Kvp): number | undefined {
  if (kvp.get('DISTRIBUTEDSEARCH')?.toLowerCase() !== 'true') return undefined;
  return parseCount('hopCount', kvp.get('HOPCOUNT'), { least: 0, fallback: 2 });
}

/** `name:A,name:D`, also with ASC and DESC after a blank. */
function sortOf(text: string | undefined): readonly CswSortKey[] {
  return listOf(text).map((key) => {
    const [, name = key, order = 'A'] = /^(.*?)(?:[:\s]+(A|D|ASC|DESC))?$/i.exec(key) ?? [];
    return { property: findCswQueryable(name).name, descending: order.toUpperCase().startsWith('D') };
  });
}
