import { filterCapabilities11, filterCapabilities20 } from '../fes/filter-capabilities.js';
import { el, type XmlContent, type XmlMarkup } from '../xml/xml-element.js';
import { featureTypeList } from './feature-type-list.js';
import { FEATURE_NAMESPACE, FEATURE_PREFIX } from './feature-type.js';
import { operationsMetadata } from './operations-metadata.js';
import type { WfsContext } from './wfs-context.js';
import { WFS_VERSIONS, type WfsVersion } from './wfs-version.js';

/** `wfs:WFS_Capabilities` (OGC 09-025r2 §8.3, 04-094 §13.3) of the sections asked for; in 1.1 all. */
export function writeWfsCapabilities(
  version: WfsVersion,
  context: WfsContext,
  sections?: readonly string[],
): XmlMarkup {
  const wants = (name: string): boolean => version === '1.1.0' || sections === undefined || sections.includes(name);
  return el(
    'wfs:WFS_Capabilities',
    rootAttributes(version),
    wants('ServiceIdentification') && identification(context),
    wants('ServiceProvider') && provider(context),
    wants('OperationsMetadata') && operationsMetadata(version, context),
    wants('FeatureTypeList') && featureTypeList(version, context),
    (version === '1.1.0' || wants('Filter_Capabilities')) && filterCapabilities(version),
  );
}

function rootAttributes(version: WfsVersion): Readonly<Record<string, string>> {
  const { namespace, schema, ows, filterPrefix, filterNamespace } = WFS_VERSIONS[version];
  return {
    'xmlns:wfs': namespace,
    'xmlns:ows': ows,
    [`xmlns:${filterPrefix}`]: filterNamespace,
    ...(version === '2.0.0' ? { 'xmlns:ows11': ows, 'xmlns:gml32': WFS_VERSIONS[version].gml } : {}),
    'xmlns:gml': WFS_VERSIONS[version].gml,
    'xmlns:xlink': 'http://www.w3.org/1999/xlink',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    [`xmlns:${FEATURE_PREFIX}`]: FEATURE_NAMESPACE,
    version,
    'xsi:schemaLocation': `${namespace} ${schema}`,
  };
}

function identification({ title, abstract, keywords }: WfsContext): XmlMarkup {
  const listed = keywords.map((keyword) => el('ows:Keyword', {}, keyword));
  return el(
    'ows:ServiceIdentification',
    {},
    el('ows:Title', {}, title),
    el('ows:Abstract', {}, abstract),
    el('ows:Keywords', {}, listed),
    el('ows:ServiceType', { codeSpace: 'OGC' }, 'WFS'),
    Object.keys(WFS_VERSIONS).map((spoken) => el('ows:ServiceTypeVersion', {}, spoken)),
    el('ows:Fees', {}, 'NONE'),
    el('ows:AccessConstraints', {}, 'NONE'),
  );
}

function provider({ organisation, email }: WfsContext): XmlMarkup {
  const contact: XmlContent =
    email !== undefined && el('ows:ContactInfo', {}, el('ows:Address', {}, el('ows:ElectronicMailAddress', {}, email)));
  return el('ows:ServiceProvider', {}, el('ows:ProviderName', {}, organisation), el('ows:ServiceContact', {}, contact));
}

function filterCapabilities(version: WfsVersion): XmlMarkup {
  return version === '1.1.0' ? filterCapabilities11(['ogc:EID', 'ogc:FID']) : filterCapabilities20('fes:ResourceId');
}
