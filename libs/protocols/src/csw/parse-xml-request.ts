import type { XmlElement } from '../xml/xml-element.js';
import { attribute, child, childrenOf, select, textOf } from '../xml/xml-path.js';
import { invalidValue, missingValue } from './csw-error.js';
import { negotiateVersion } from './csw-kvp.js';
import type { CswRequest } from './csw-request.js';
import { isCswVersion, versionOfNamespace, type CswVersion } from './csw-version.js';
import { checkTypeNames, listOf, parseCount, parsePresentation, parseResultType } from './parse-common-parameters.js';
import { capabilitiesFormat, describedTypes, parseSections } from './parse-descriptions.js';
import { MAX_RECORDS, unknownOperation } from './parse-kvp-request.js';
import { parseConstraint, parseSort } from './parse-query.js';
import { parseHarvest, parseTransaction } from './parse-transaction.js';

/** The version a document is in, by its namespace; what its errors are said in. */
export function versionOfDocument(root: XmlElement): CswVersion | undefined {
  return versionOfNamespace(root.namespace);
}

/** A request in XML (OGC 07-006r1 §10, OGC 12-176r7 §7), without an envelope. Throws CswError and InvalidError. */
export function parseXmlRequest(root: XmlElement, accept: string | undefined): CswRequest {
  const version = versionOfDocument(root);
  if (version === undefined) {
    throw invalidValue('request', `${root.qname.slice(0, 100)} is in no namespace of CSW 2.0.2 or 3.0.`);
  }
  const read = OPERATIONS.get(root.name);
  if (read === undefined) throw unknownOperation(root.name);
  const service = attribute(root, 'service');
  if (service === undefined && root.name !== 'GetCapabilities') throw missingValue('service');
  if (service !== undefined && service.toUpperCase() !== 'CSW')
    throw invalidValue('service', `This is the service CSW, not ${service.slice(0, 100)}.`);
  checkVersion(root);
  return read(root, version, accept);
}

/** Where the attribute names the other version the namespace counts: clients repeat the version of the capabilities they were given. */
function checkVersion(root: XmlElement): void {
  const given = attribute(root, 'version');
  if (given === undefined || root.name === 'GetCapabilities' || isCswVersion(given)) return;
  throw invalidValue('version', `Version ${given.slice(0, 50)} is not spoken here: 2.0.2 and 3.0.0 are.`);
}

type Reader = (root: XmlElement, version: CswVersion, accept: string | undefined) => CswRequest;

const OPERATIONS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['GetCapabilities', readCapabilities],
  ['DescribeRecord', (root, version) => ({
    kind: 'DescribeRecord',
    version,
    ...describedTypes(textsOf(root, 'TypeName'), {
      outputFormat: attribute(root, 'outputFormat'),
      schemaLanguage: attribute(root, 'schemaLanguage'),
    }),
  })],
  ['GetDomain', readDomain],
  ['GetRecords', readRecords],
  ['GetRecordById', readRecordById],
  ['GetRepositoryItem', (root, version) => {
    const id = textOf(child(root, 'Id'));
    if (id === undefined) throw missingValue('id');
    return { kind: 'GetRepositoryItem', version, id };
  }],
  ['Transaction', parseTransaction],
  ['Harvest', parseHarvest],
]); // prettier-ignore

function textsOf(root: XmlElement, name: string): readonly string[] {
  return childrenOf(root, name).flatMap((each) => {
    const text = textOf(each);
    return text === undefined ? [] : [text];
  });
}

function readCapabilities(root: XmlElement, fallback: CswVersion): CswRequest {
  const accepted = select(root, 'AcceptVersions/Version').flatMap((each) => textOf(each) ?? []);
  const version = accepted.length === 0 ? fallback : negotiateVersion(accepted);
  const formats = select(root, 'AcceptFormats/OutputFormat').flatMap((each) => textOf(each) ?? []);
  const asked = child(root, 'Sections');
  const sections =
    asked === undefined ? undefined : parseSections(childrenOf(asked).flatMap((each) => textOf(each) ?? []));
  const language = textOf(select(root, '//Language')[0]);
  return {
    kind: 'GetCapabilities',
    version,
    mediaType: capabilitiesFormat(version, formats),
    ...(sections === undefined ? {} : { sections }),
    ...(language === undefined ? {} : { language }),
  };
}

function readDomain(root: XmlElement, version: CswVersion): CswRequest {
  const parameterNames = textsOf(root, 'ParameterName').flatMap(listOf);
  const propertyNames = [...textsOf(root, 'PropertyName'), ...textsOf(root, 'ValueReference')].flatMap(listOf);
  if (parameterNames.length + propertyNames.length === 0) throw missingValue('parameterName');
  return { kind: 'GetDomain', version, parameterNames, propertyNames };
}

function readRecords(root: XmlElement, version: CswVersion, accept: string | undefined): CswRequest {
  const query = childrenOf(root).find(({ name }) => name === 'Query' || name === 'AbstractQuery');
  if (query === undefined) throw missingValue('Query');
  checkTypeNames((attribute(query, 'typeNames') ?? '').split(/[\s,]+/).filter((name) => name !== ''));
  const distributed = child(root, 'DistributedSearch');
  const [requestId, filter] = [attribute(root, 'requestId'), parseConstraint(query)];
  const number = (name: string, fallback: number) => parseCount(name, attribute(root, name), { least: 0, fallback });
  return {
    kind: 'GetRecords',
    version,
    ...parsePresentation(version, {
      outputFormat: attribute(root, 'outputFormat'),
      outputSchema: attribute(root, 'outputSchema'),
      elementSet: textOf(child(query, 'ElementSetName')),
      elementNames: textsOf(query, 'ElementName'),
      accept,
    }),
    resultType: parseResultType(version, attribute(root, 'resultType')),
    startPosition: Math.max(1, number('startPosition', 1)),
    maxRecords: Math.min(MAX_RECORDS, number('maxRecords', 10)),
    sort: parseSort(query),
    document: root,
    ...(filter === undefined ? {} : { filter }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(distributed === undefined
      ? {}
      : { hopCount: parseCount('hopCount', attribute(distributed, 'hopCount'), { least: 0, fallback: 2 }) }),
  };
}

function readRecordById(root: XmlElement, version: CswVersion, accept: string | undefined): CswRequest {
  const presentation = parsePresentation(version, {
    outputFormat: attribute(root, 'outputFormat'),
    outputSchema: attribute(root, 'outputSchema'),
    elementSet: textOf(child(root, 'ElementSetName')),
    accept,
  });
  const ids = textsOf(root, 'Id').flatMap(listOf);
  if (ids.length === 0) throw missingValue('id');
  return { kind: 'GetRecordById', version, ids, ...presentation };
}
