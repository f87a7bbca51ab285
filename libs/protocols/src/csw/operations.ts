import { ATOM_FORMAT, OUTPUT_SCHEMAS, TYPE_NAMES } from './output-schemas.js';
import type { CswVersion } from './csw-version.js';

/** An operation as the capabilities describe it. */
export interface CswOperation {
  readonly name: string;
  readonly get: boolean;
  readonly post: boolean;
  readonly parameters: (version: CswVersion) => Readonly<Record<string, readonly string[]>>;
}

const ELEMENT_SETS = ['brief', 'summary', 'full'];
const SECTIONS = ['ServiceIdentification', 'ServiceProvider', 'OperationsMetadata', 'Filter_Capabilities'];
const RESOURCE_TYPES = [
  'http://www.opengis.net/cat/csw/2.0.2',
  'http://www.opengis.net/cat/csw/3.0',
  'http://www.isotc211.org/2005/gmd',
  'http://www.isotc211.org/2005/gmi',
  'http://www.isotc211.org/schemas/2005/gmd/',
];
const formats = (version: CswVersion) => ['application/xml', 'text/xml', ...(version === '3.0.0' ? [ATOM_FORMAT] : [])];
const typeNames = [...TYPE_NAMES.values()];

/** The operations and the values of their parameters. */
export const OPERATIONS: readonly CswOperation[] = [
  {
    name: 'GetCapabilities',
    get: true,
    post: true,
    parameters: (version) => ({
      [version === '2.0.2' ? 'sections' : 'Sections']:
        version === '2.0.2' ? SECTIONS : [...SECTIONS, 'Languages', 'All'],
      AcceptVersions: ['2.0.2', '3.0.0'],
      AcceptFormats: ['application/xml', 'text/xml'],
    }),
  },
  {
    name: 'DescribeRecord',
    get: true,
    post: true,
    parameters: () => ({
      typeName: typeNames,
      outputFormat: ['application/xml', 'text/xml'],
      schemaLanguage: [
        'http://www.w3.org/XML/Schema',
        'http://www.w3.org/2001/XMLSchema',
        'http://www.w3.org/TR/xmlschema-1/',
      ],
    }),
  },
  {
    name: 'GetDomain',
    get: true,
    post: true,
    parameters: () => ({
      ParameterName: ['GetRecords.resultType', 'GetRecords.outputSchema', 'GetRecords.ElementSetName', 'GetRecords.typeNames', 'GetRecordById.outputSchema', 'DescribeRecord.typeName'],
    }),
  }, // prettier-ignore
  {
    name: 'GetRecords',
    get: true,
    post: true,
    parameters: (version) => ({
      typeNames,
      outputSchema: [...OUTPUT_SCHEMAS.keys()],
      outputFormat: formats(version),
      resultType: ['hits', 'results', 'validate'],
      ElementSetName: ELEMENT_SETS,
      CONSTRAINTLANGUAGE: ['CQL_TEXT', 'FILTER'],
    }),
  },
  {
    name: 'GetRecordById',
    get: true,
    post: true,
    parameters: (version) => ({
      outputSchema: [...OUTPUT_SCHEMAS.keys()],
      outputFormat: formats(version),
      ElementSetName: ELEMENT_SETS,
      resultType: ['hits', 'results', 'validate'],
    }),
  },
  { name: 'GetRepositoryItem', get: true, post: false, parameters: () => ({}) },
  { name: 'Transaction', get: false, post: true, parameters: () => ({}) },
  { name: 'Harvest', get: true, post: true, parameters: () => ({ ResourceType: RESOURCE_TYPES }) },
];

/** Whether there is an operation of that very name. */
export function hasOperation(name: string): boolean {
  return OPERATIONS.some((operation) => operation.name === name);
}
