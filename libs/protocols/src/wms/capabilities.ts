import { el, type XmlMarkup } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';
import { keywordList, onlineResource, writeRootLayer } from './capabilities-layer.js';
import { INFO_FORMS } from './feature-info-request.js';
import { MAP_LIMITS } from './get-map-request.js';
import { INSPIRE_NAMESPACES, INSPIRE_SCHEMA, writeInspireCapabilities } from './inspire-view.js';
import { MAP_FORMATS } from './map-format.js';
import type { WmsContact, WmsDescription } from './wms-description.js';
import type { WmsDialect } from './wms-version.js';

const WMS_SCHEMA = 'http://www.opengis.net/wms http://schemas.opengis.net/wms/1.3.0/capabilities_1_3_0.xsd';
const SLD_SCHEMA = 'http://www.opengis.net/sld http://schemas.opengis.net/sld/1.1.0/sld_capabilities.xsd';
const NAMESPACES = {
  xmlns: 'http://www.opengis.net/wms',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
  'xmlns:sld': 'http://www.opengis.net/sld',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
};
/** Encodings of legends. */
const LEGEND_FORMATS = ['image/png', 'image/jpeg', 'image/webp', 'application/json'];

/** Writes the capabilities of a version (WMS 1.3.0 §7.2.4 and annex A, 1.1.1 annex A.1). Their size grows with the number of layers, never with that of products. */
export function writeCapabilities(description: WmsDescription, dialect: WmsDialect): string {
  const { root, version, doctype } = dialect;
  const { updateSequence } = description;
  const inspire = version === '1.3.0' ? writeInspireCapabilities(description) : undefined;
  const namespaces = version === '1.3.0' ? namespacesOf(inspire !== undefined) : {};
  return writeXml(
    el(
      root,
      { version, ...namespaces, updateSequence },
      service(description, dialect),
      el(
        'Capability',
        {},
        el('Request', {}, operations(description.address, dialect)),
        el('Exception', {}, formats(dialect.exceptionForms)),
        inspire,
        writeRootLayer(description, dialect, inspire !== undefined),
      ),
    ),
    doctype,
  );
}

function namespacesOf(withInspire: boolean): Readonly<Record<string, string>> {
  const schemas = [WMS_SCHEMA, SLD_SCHEMA, ...(withInspire ? [INSPIRE_SCHEMA] : [])];
  return { ...NAMESPACES, ...(withInspire && INSPIRE_NAMESPACES), 'xsi:schemaLocation': schemas.join(' ') };
}

function service(description: WmsDescription, { version, serviceName }: WmsDialect): XmlMarkup {
  const { title, abstract, keywords, address } = description;
  return el(
    'Service',
    {},
    el('Name', {}, serviceName),
    el('Title', {}, title),
    el('Abstract', {}, abstract),
    keywordList(keywords),
    onlineResource(address),
    writeContact(description.contact),
    // 1.1.1 §7.1.4.2 reserves "none"; INSPIRE (TG view 3.11 §4.2.3.3.1.12) wants these words of 1.3.0.
    el('Fees', {}, version === '1.1.1' ? 'none' : 'no conditions apply'),
    el('AccessConstraints', {}, 'none'),
    version === '1.3.0' && [
      el('LayerLimit', {}, MAP_LIMITS.layers),
      el('MaxWidth', {}, MAP_LIMITS.width),
      el('MaxHeight', {}, MAP_LIMITS.height),
    ],
  );
}

function writeContact({ organisation, telephone, email }: WmsContact): XmlMarkup {
  return el(
    'ContactInformation',
    {},
    el(
      'ContactPersonPrimary',
      {},
      el('ContactPerson', {}, 'Operator of the mirror'),
      el('ContactOrganization', {}, organisation),
    ),
    el('ContactPosition', {}, 'pointOfContact'),
    telephone !== undefined && el('ContactVoiceTelephone', {}, telephone),
    email !== undefined && el('ContactElectronicMailAddress', {}, email),
  );
}

/** Those of the Styled Layer Descriptor profile are extensions in 1.3.0 and known to 1.1.1, GetStyles only there. */
function operations(address: string, { version, capabilitiesType }: WmsDialect): readonly XmlMarkup[] {
  const get = el('DCPType', {}, el('HTTP', {}, el('Get', {}, onlineResource(address))));
  const operation = (name: string, types: readonly string[]): XmlMarkup => el(name, {}, formats(types), get);
  const prefix = version === '1.3.0' ? 'sld:' : '';
  return [
    operation('GetCapabilities', [capabilitiesType]),
    operation(
      'GetMap',
      MAP_FORMATS.map(({ name }) => name),
    ),
    operation('GetFeatureInfo', [...INFO_FORMS.keys()]),
    operation(`${prefix}DescribeLayer`, ['text/xml']),
    operation(`${prefix}GetLegendGraphic`, LEGEND_FORMATS),
    ...(version === '1.1.1' ? [operation('GetStyles', ['application/vnd.ogc.sld+xml'])] : []),
  ];
}

function formats(types: readonly string[]): readonly XmlMarkup[] {
  return types.map((type) => el('Format', {}, type));
}
