import { filterCapabilities11, filterCapabilities20 } from '../fes/filter-capabilities.js';
import { el, type XmlContent, type XmlMarkup } from '../xml/xml-element.js';
import { contactAddress, type CapabilitiesContext } from './capabilities-context.js';
import type { CapabilitiesRequest } from './csw-request.js';
import { CSW_VERSIONS, type CswVersionData } from './csw-version.js';
import { operationsMetadata } from './operations-metadata.js';

/** `csw:Capabilities` (OGC 07-006r1 §10.5.4, OGC 12-176r7 §7.1.5) with the extension of INSPIRE (TG Discovery 3.1 §4.3); the sections asked for, Filter_Capabilities in 2.0.2 in any case. */
export function cswCapabilities(request: CapabilitiesRequest, context: CapabilitiesContext): XmlMarkup {
  const { version, sections } = request;
  const data = CSW_VERSIONS[version];
  const wants = (name: string) => sections === undefined || sections.includes(name);
  return el(
    `${data.csw}:Capabilities`,
    rootAttributes(data),
    wants('ServiceIdentification') && serviceIdentification(data, context),
    wants('ServiceProvider') && serviceProvider(context),
    wants('OperationsMetadata') && operationsMetadata(data, context),
    version === '3.0.0' && wants('Languages') && el('ows:Languages', {}, el('ows:Language', {}, 'eng')),
    (version === '2.0.2' || wants('Filter_Capabilities')) && filterCapabilities(version),
  );
}

function rootAttributes(data: CswVersionData): Record<string, string> {
  return {
    [`xmlns:${data.csw}`]: data.namespace,
    'xmlns:ows': data.ows,
    [`xmlns:${data.filterPrefix}`]: data.filterNamespace,
    'xmlns:ows11': 'http://www.opengis.net/ows/1.1',
    'xmlns:gml': 'http://www.opengis.net/gml',
    'xmlns:gml32': 'http://www.opengis.net/gml/3.2',
    'xmlns:gmd': 'http://www.isotc211.org/2005/gmd',
    'xmlns:gmi': 'http://www.isotc211.org/2005/gmi',
    ...(data.csw === 'csw' ? {} : { 'xmlns:csw': 'http://www.opengis.net/cat/csw/2.0.2' }),
    'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    'xmlns:dct': 'http://purl.org/dc/terms/',
    'xmlns:xlink': 'http://www.w3.org/1999/xlink',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    version: data.version,
    'xsi:schemaLocation': `${data.namespace} ${data.schema}`,
  };
}

function serviceIdentification(data: CswVersionData, { mirror, keywords }: CapabilitiesContext): XmlMarkup {
  const type: XmlContent = el('ows:ServiceType', { codeSpace: 'OGC' }, 'CSW');
  return el(
    'ows:ServiceIdentification',
    {},
    el('ows:Title', {}, `Catalogue of ${mirror.name}`),
    el(
      'ows:Abstract',
      {},
      'Earth observation products (ISO datasets), their collections (ISO series) and records published here.',
    ),
    el(
      'ows:Keywords',
      {},
      ['infoCatalogueService', ...keywords].map((keyword) => el('ows:Keyword', {}, keyword)),
    ),
    type,
    data.version === '2.0.2'
      ? el('ows:ServiceTypeVersion', {}, '2.0.2')
      : ['3.0.0', '2.0.2'].map((version) => el('ows:ServiceTypeVersion', {}, version)),
    el('ows:Fees', {}, 'NONE'),
    el('ows:AccessConstraints', {}, 'NONE'),
  );
}

function serviceProvider({ mirror }: CapabilitiesContext): XmlMarkup {
  return el(
    'ows:ServiceProvider',
    {},
    el('ows:ProviderName', {}, mirror.name),
    el('ows:ProviderSite', { 'xlink:type': 'simple', 'xlink:href': mirror.address }),
    el(
      'ows:ServiceContact',
      {},
      el('ows:IndividualName', {}, 'Operator'),
      el('ows:PositionName', {}, 'Operator of the catalogue'),
      el(
        'ows:ContactInfo',
        {},
        el('ows:Address', {}, el('ows:ElectronicMailAddress', {}, contactAddress(mirror))),
        el('ows:OnlineResource', { 'xlink:type': 'simple', 'xlink:href': mirror.address }),
      ),
      el('ows:Role', {}, 'pointOfContact'),
    ),
  );
}

function filterCapabilities(version: CapabilitiesRequest['version']): XmlMarkup {
  return version === '2.0.2' ? filterCapabilities11(['ogc:EID', 'ogc:FID']) : filterCapabilities20('csw30:id');
}
