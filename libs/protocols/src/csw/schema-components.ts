import { el, type XmlMarkup } from '../xml/xml-element.js';
import type { DescribeRecordRequest } from './csw-request.js';
import { CSW_VERSIONS, type CswVersion } from './csw-version.js';
import { cswRoot } from './records-response.js';

const SCHEMA_LANGUAGE = 'http://www.w3.org/XML/Schema';

/** `csw:DescribeRecordResponse`: a schema component for each known type asked for (OGC 07-006r1 §10.6.5), none for unknown ones. */
export function describeRecordResponse({ version, typeNames }: DescribeRecordRequest): XmlMarkup {
  const data = CSW_VERSIONS[version];
  const wanted = typeNames.length === 0 ? [...COMPONENTS.keys()] : [...new Set(typeNames)];
  const components = wanted.flatMap((name) => {
    const component = COMPONENTS.get(name)?.(version);
    return component === undefined
      ? []
      : [
          el(
            `${data.csw}:SchemaComponent`,
            { schemaLanguage: SCHEMA_LANGUAGE, targetNamespace: component.namespace },
            component.schema,
          ),
        ];
  });
  return cswRoot(data, 'DescribeRecordResponse', components);
}

interface Component {
  readonly namespace: string;
  readonly schema: XmlMarkup;
}

const COMPONENTS: ReadonlyMap<string, (version: CswVersion) => Component> = new Map([
  ['csw:Record', recordComponent],
  ['gmd:MD_Metadata', () => isoComponent('gmd', 'http://schemas.opengis.net/iso/19139/20070417/gmd/gmd.xsd')],
  ['gmi:MI_Metadata', () => isoComponent('gmi', 'https://schemas.isotc211.org/19115/-2/gmi/1.0/gmi.xsd')],
]);

/** The three records as sequences of Dublin Core elements; the standard's own schema is named. */
function recordComponent(version: CswVersion): Component {
  const { namespace, ows } = CSW_VERSIONS[version];
  const declared = ['Record', 'SummaryRecord', 'BriefRecord'].map((name) =>
    el(
      'xs:element',
      { name },
      el(
        'xs:complexType',
        {},
        el(
          'xs:sequence',
          {},
          el('xs:any', {
            namespace: `http://purl.org/dc/elements/1.1/ http://purl.org/dc/terms/ ${ows} ##targetNamespace`,
            processContents: 'lax',
            minOccurs: 0,
            maxOccurs: 'unbounded',
          }),
        ),
      ),
    ),
  );
  const schema = el(
    'xs:schema',
    { 'xmlns:xs': 'http://www.w3.org/2001/XMLSchema', targetNamespace: namespace, elementFormDefault: 'qualified' },
    el(
      'xs:annotation',
      {},
      el('xs:documentation', {}, `The common record; its schema is ${CSW_VERSIONS[version].schema}.`),
    ),
    declared,
  );
  return { namespace, schema };
}

function isoComponent(prefix: string, location: string): Component {
  const namespace = `http://www.isotc211.org/2005/${prefix}`;
  const schema = el(
    'xs:schema',
    { 'xmlns:xs': 'http://www.w3.org/2001/XMLSchema', targetNamespace: namespace, elementFormDefault: 'qualified' },
    el('xs:include', { schemaLocation: location }),
  );
  return { namespace, schema };
}
