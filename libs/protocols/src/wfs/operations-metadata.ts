import { el, type XmlMarkup } from '../xml/xml-element.js';
import { LISTED_FORMATS } from './output-formats.js';
import type { WfsContext } from './wfs-context.js';
import { WFS_VERSIONS, type WfsVersion } from './wfs-version.js';

type Values = Readonly<Record<string, readonly string[]>>;

/** Conformance classes of WFS 2.0 (OGC 09-025r2 table 13) and whether they are held. */
const CLASSES: Readonly<Record<string, boolean>> = {
  ImplementsSimpleWFS: true,
  ImplementsBasicWFS: false,
  ImplementsTransactionalWFS: false,
  ImplementsLockingWFS: false,
  KVPEncoding: true,
  XMLEncoding: true,
  SOAPEncoding: false,
  ImplementsInheritance: false,
  ImplementsRemoteResolve: false,
  ImplementsResultPaging: true,
  ImplementsStandardJoins: false,
  ImplementsSpatialJoins: false,
  ImplementsTemporalJoins: false,
  ImplementsFeatureVersioning: false,
  ManageStoredQueries: false,
  PagingIsTransactionSafe: false,
  ImplementsQuery: true,
  ImplementsAdHocQuery: true,
};

/** `ows:OperationsMetadata`: operations with their addresses and values, the limits, and in 2.0 what is implemented. */
export function operationsMetadata(version: WfsVersion, context: WfsContext): XmlMarkup {
  const { address } = context;
  const operations = Object.entries(operationsOf(version)).map(([name, parameters]) =>
    el(
      'ows:Operation',
      { name },
      el(
        'ows:DCP',
        {},
        el(
          'ows:HTTP',
          {},
          el('ows:Get', { 'xlink:type': 'simple', 'xlink:href': address }),
          el('ows:Post', { 'xlink:type': 'simple', 'xlink:href': address.slice(0, -1) }),
        ),
      ),
      domains('ows:Parameter', version, parameters),
    ),
  );
  return el('ows:OperationsMetadata', {}, operations, shared(version), constraints(version, context));
}

function operationsOf(version: WfsVersion): Readonly<Record<string, Values>> {
  const outputFormat = [WFS_VERSIONS[version].gmlFormat, ...LISTED_FORMATS];
  const common = {
    GetCapabilities: { service: ['WFS'], AcceptVersions: Object.keys(WFS_VERSIONS) },
    DescribeFeatureType: { outputFormat: [WFS_VERSIONS[version].gmlFormat] },
  };
  const GetFeature = { resultType: ['results', 'hits'], outputFormat };
  if (version === '1.1.0') return { ...common, GetFeature };
  return { ...common, ListStoredQueries: {}, DescribeStoredQueries: {}, GetFeature };
}

function shared(version: WfsVersion): readonly XmlMarkup[] {
  return version === '1.1.0' ? [] : domains('ows:Parameter', version, { version: ['2.0.0'] });
}

function constraints(version: WfsVersion, { countDefault, maxWhole }: WfsContext): readonly XmlMarkup[] {
  if (version === '1.1.0') {
    return domains('ows:Constraint', version, { DefaultMaxFeatures: [String(maxWhole)] });
  }
  return [
    ...Object.entries(CLASSES).map(([name, isHeld]) => constraint(name, isHeld ? 'TRUE' : 'FALSE')),
    constraint('CountDefault', String(countDefault)),
    ...domains('ows:Constraint', version, { QueryExpressions: ['wfs:Query', 'wfs:StoredQuery'] }),
  ];
}

function constraint(name: string, value: string): XmlMarkup {
  return el('ows:Constraint', { name }, el('ows:NoValues', {}), el('ows:DefaultValue', {}, value));
}

/** OWS Common 1.0 lists values as they are, 1.1 within AllowedValues. */
function domains(element: string, version: WfsVersion, values: Values): readonly XmlMarkup[] {
  return Object.entries(values).map(([name, list]) => {
    const written = list.map((value) => el('ows:Value', {}, value));
    return el(element, { name }, version === '1.1.0' ? written : el('ows:AllowedValues', {}, written));
  });
}
