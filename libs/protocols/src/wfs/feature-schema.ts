import type { QueryableType } from '#domain/catalog/queryables.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { FEATURE_NAMESPACE, FEATURE_PREFIX, GEOMETRY_PROPERTY, type FeatureType } from './feature-type.js';
import { WFS_VERSIONS, type WfsVersion } from './wfs-version.js';

const TYPES: Readonly<Record<QueryableType, string>> = {
  string: 'xsd:string',
  integer: 'xsd:long',
  number: 'xsd:double',
  date: 'xsd:dateTime',
  boolean: 'xsd:boolean',
  strings: 'xsd:string',
};

/** The XML Schema of feature types: what DescribeFeatureType answers (OGC 09-025r2 §9, 04-094 §8). */
export function writeFeatureSchema(version: WfsVersion, types: readonly FeatureType[]): XmlMarkup {
  const { gml, gmlSchema } = WFS_VERSIONS[version];
  return el(
    'xsd:schema',
    {
      'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
      'xmlns:gml': gml,
      [`xmlns:${FEATURE_PREFIX}`]: FEATURE_NAMESPACE,
      targetNamespace: FEATURE_NAMESPACE,
      elementFormDefault: 'qualified',
      version: '1.0',
    },
    el('xsd:import', { namespace: gml, schemaLocation: gmlSchema }),
    types.flatMap((type) => describe(version, type)),
  );
}

function describe(version: WfsVersion, { name, attributes, isAreal }: FeatureType): readonly XmlMarkup[] {
  const geometry = isAreal ? 'gml:MultiSurfacePropertyType' : 'gml:GeometryPropertyType';
  const members = [
    ...attributes.map(({ name: attribute, type, title }) =>
      el(
        'xsd:element',
        {
          name: attribute,
          type: TYPES[type],
          minOccurs: 0,
          ...(type === 'strings' ? { maxOccurs: 'unbounded' } : {}),
        },
        el('xsd:annotation', {}, el('xsd:documentation', {}, title)),
      ),
    ),
    el('xsd:element', { name: GEOMETRY_PROPERTY, type: geometry, minOccurs: 0 }),
  ];
  const extension = el('xsd:extension', { base: 'gml:AbstractFeatureType' }, el('xsd:sequence', {}, members));
  return [
    el('xsd:element', {
      name,
      type: `${FEATURE_PREFIX}:${name}Type`,
      substitutionGroup: version === '2.0.0' ? 'gml:AbstractFeature' : 'gml:_Feature',
    }),
    el('xsd:complexType', { name: `${name}Type` }, el('xsd:complexContent', {}, extension)),
  ];
}
