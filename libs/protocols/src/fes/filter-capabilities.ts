import { el, type XmlMarkup } from '../xml/xml-element.js';

const SPATIAL = [
  'BBOX',
  'Beyond',
  'Contains',
  'Crosses',
  'Disjoint',
  'DWithin',
  'Equals',
  'Intersects',
  'Overlaps',
  'Touches',
  'Within',
];
const OPERANDS = ['gml:Point', 'gml:LineString', 'gml:Polygon', 'gml:Envelope'];
const TEMPORAL = ['After', 'Before', 'During', 'TEquals', 'Begins', 'Ends'];
const COMPARISONS = [
  'Between',
  'EqualTo',
  'GreaterThan',
  'GreaterThanEqualTo',
  'LessThan',
  'LessThanEqualTo',
  'Like',
  'NotEqualTo',
  'NullCheck',
];
const COMPARISONS_20 = [
  'PropertyIsBetween',
  'PropertyIsEqualTo',
  'PropertyIsGreaterThan',
  'PropertyIsGreaterThanOrEqualTo',
  'PropertyIsLessThan',
  'PropertyIsLessThanOrEqualTo',
  'PropertyIsLike',
  'PropertyIsNotEqualTo',
  'PropertyIsNull',
];

/** What filters may hold, in the form of Filter Encoding 1.1 (OGC 04-095 §12); `ids` are its elements for resource ids. The root declares `ogc` and `gml`. */
export function filterCapabilities11(ids: readonly string[]): XmlMarkup {
  return el(
    'ogc:Filter_Capabilities',
    {},
    el(
      'ogc:Spatial_Capabilities',
      {},
      el(
        'ogc:GeometryOperands',
        {},
        OPERANDS.map((name) => el('ogc:GeometryOperand', {}, name)),
      ),
      el(
        'ogc:SpatialOperators',
        {},
        SPATIAL.map((name) => el('ogc:SpatialOperator', { name })),
      ),
    ),
    el(
      'ogc:Scalar_Capabilities',
      {},
      el('ogc:LogicalOperators', {}),
      el(
        'ogc:ComparisonOperators',
        {},
        COMPARISONS.map((name) => el('ogc:ComparisonOperator', {}, name)),
      ),
    ),
    el(
      'ogc:Id_Capabilities',
      {},
      ids.map((name) => el(name, {})),
    ),
  );
}

const CONFORMANCE: Readonly<Record<string, boolean>> = {
  ImplementsQuery: true,
  ImplementsAdHocQuery: true,
  ImplementsFunctions: false,
  ImplementsResourceId: true,
  ImplementsMinStandardFilter: true,
  ImplementsStandardFilter: true,
  ImplementsMinSpatialFilter: true,
  ImplementsSpatialFilter: true,
  ImplementsMinTemporalFilter: true,
  ImplementsTemporalFilter: false,
  ImplementsVersionNav: false,
  ImplementsSorting: true,
  ImplementsExtendedOperators: false,
  ImplementsMinimumXPath: true,
  ImplementsSchemaElementFunc: false,
};

/** The same in the form of Filter Encoding 2.0 (OGC 09-026r2 §7.13). The root declares `fes`, `gml32`, and `ows11`. */
export function filterCapabilities20(resourceIdentifier: string): XmlMarkup {
  const named = (element: string, names: readonly string[]) => names.map((name) => el(element, { name }));
  return el(
    'fes:Filter_Capabilities',
    {},
    el(
      'fes:Conformance',
      {},
      Object.entries(CONFORMANCE).map(([name, held]) =>
        el('fes:Constraint', { name }, el('ows11:NoValues', {}), el('ows11:DefaultValue', {}, held ? 'TRUE' : 'FALSE')),
      ),
    ),
    el('fes:Id_Capabilities', {}, el('fes:ResourceIdentifier', { name: resourceIdentifier })),
    el(
      'fes:Scalar_Capabilities',
      {},
      el('fes:LogicalOperators', {}),
      el('fes:ComparisonOperators', {}, named('fes:ComparisonOperator', COMPARISONS_20)),
    ),
    el(
      'fes:Spatial_Capabilities',
      {},
      el(
        'fes:GeometryOperands',
        {},
        named(
          'fes:GeometryOperand',
          OPERANDS.map((name) => name.replace('gml:', 'gml32:')),
        ),
      ),
      el('fes:SpatialOperators', {}, named('fes:SpatialOperator', SPATIAL)),
    ),
    el(
      'fes:Temporal_Capabilities',
      {},
      el('fes:TemporalOperands', {}, named('fes:TemporalOperand', ['gml32:TimeInstant', 'gml32:TimePeriod'])),
      el('fes:TemporalOperators', {}, named('fes:TemporalOperator', TEMPORAL)),
    ),
  );
}
