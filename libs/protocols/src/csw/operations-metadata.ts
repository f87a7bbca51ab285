import { el, type XmlMarkup } from '../xml/xml-element.js';
import type { CapabilitiesContext } from './capabilities-context.js';
import { CSW_QUERYABLES } from './csw-queryables.js';
import type { CswQueryableGroup } from './csw-queryable.js';
import type { CswVersionData } from './csw-version.js';
import { inspireCapabilities } from './inspire-capabilities.js';
import { OPERATIONS, type CswOperation } from './operations.js';

/** Conformance classes of CSW 3.0 (OGC 12-176r7 table 1) and whether they are held. */
const CLASSES: Readonly<Record<string, boolean>> = {
  OpenSearch: true,
  'GetCapabilities-XML': true,
  'GetRecordById-XML': true,
  'GetRecords-Basic-XML': true,
  'GetRecords-Distributed-XML': true,
  'GetRecords-Distributed-KVP': true,
  'GetRecords-Async-XML': false,
  'GetRecords-Async-KVP': false,
  'GetDomain-XML': true,
  'GetDomain-KVP': true,
  Transaction: true,
  'Harvest-Basic-XML': true,
  'Harvest-Basic-KVP': true,
  'Harvest-Async-XML': false,
  'Harvest-Async-KVP': false,
  'Harvest-Periodic-XML': false,
  'Harvest-Periodic-KVP': false,
  'Filter-CQL': true,
  'Filter-FES-XML': true,
  'Filter-FES-KVP-Advanced': true,
  SupportedGMLVersions: true,
  DefaultSortingAlgorithm: true,
  CoreQueryables: true,
  CoreSortables: true,
};

/** `ows:OperationsMetadata`: operations with their addresses and values, what can be queried, and the extension of INSPIRE. */
export function operationsMetadata(data: CswVersionData, context: CapabilitiesContext): XmlMarkup {
  return el(
    'ows:OperationsMetadata',
    {},
    OPERATIONS.map((operation) => describe(operation, data, context)),
    parameter(data, 'service', ['CSW']),
    parameter(data, 'version', data.version === '2.0.2' ? ['2.0.2'] : ['3.0.0', '2.0.2']),
    constraintsOf(data, context),
    el('ows:ExtendedCapabilities', {}, inspireCapabilities(context)),
  );
}

function describe(operation: CswOperation, data: CswVersionData, { mirror }: CapabilitiesContext): XmlMarkup {
  const address = { 'xlink:type': 'simple', 'xlink:href': `${mirror.address}/csw` };
  const post = (encoding: string) => el('ows:Post', address, constraint(data, 'PostEncoding', [encoding]));
  return el(
    'ows:Operation',
    { name: operation.name },
    el(
      'ows:DCP',
      {},
      el('ows:HTTP', {}, operation.get && el('ows:Get', address), operation.post && [post('XML'), post('SOAP')]),
    ),
    Object.entries(operation.parameters(data.version)).map(([name, values]) => parameter(data, name, values)),
    operation.name === 'GetRecords' && queryableConstraints(data),
  );
}

const GROUPS: Readonly<Record<CswQueryableGroup, string>> = {
  core: 'SupportedDublinCoreQueryables',
  iso: 'SupportedISOQueryables',
  eo: 'SupportedEOQueryables',
  inspire: 'AdditionalQueryables',
};

function queryableConstraints(data: CswVersionData): readonly XmlMarkup[] {
  return Object.entries(GROUPS).map(([group, name]) => {
    const names = CSW_QUERYABLES.filter((each) => each.group === group).map((each) => each.name);
    return constraint(data, name, group === 'core' ? [...names, 'ows:BoundingBox'] : names);
  });
}

function constraintsOf(data: CswVersionData, { mirror }: CapabilitiesContext): readonly XmlMarkup[] {
  const shared = [constraint(data, 'MaxRecordDefault', ['10']), constraint(data, 'XPathQueryables', ['allowed'])];
  if (data.version === '2.0.2') return [constraint(data, 'PostEncoding', ['XML', 'SOAP']), ...shared];
  return [
    ...shared,
    constraint(data, 'OpenSearchDescriptionDocument', [`${mirror.address}/csw/opensearch.xml`]),
    ...Object.entries(CLASSES).map(([name, held]) =>
      el(
        'ows:Constraint',
        { name: `http://www.opengis.net/spec/csw/3.0/conf/${name}` },
        el('ows:NoValues', {}),
        el('ows:DefaultValue', {}, held ? 'TRUE' : 'FALSE'),
      ),
    ),
  ];
}

function parameter(data: CswVersionData, name: string, values: readonly string[]): XmlMarkup {
  return el('ows:Parameter', { name }, listed(data, values));
}

function constraint(data: CswVersionData, name: string, values: readonly string[]): XmlMarkup {
  return el('ows:Constraint', { name }, listed(data, values));
}

/** OWS 1.0 lists values as they are, 2.0 within AllowedValues. */
function listed(data: CswVersionData, values: readonly string[]): XmlMarkup | readonly XmlMarkup[] {
  const written = values.map((value) => el('ows:Value', {}, value));
  return data.version === '2.0.2' ? written : el('ows:AllowedValues', {}, written);
}
