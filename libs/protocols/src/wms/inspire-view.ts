import { el, type XmlContent, type XmlMarkup } from '../xml/xml-element.js';
import type { WmsDescription } from './wms-description.js';

/** Name by which the default style of every layer can be asked for (INSPIRE Technical Guidance for view services 3.11, requirement 42). */
export const INSPIRE_DEFAULT = 'inspire_common:DEFAULT';

/** Language of titles, abstracts and legends (ISO 639-2/B); LANGUAGE may ask for another and gets this one (requirements 69, 70). */
const LANGUAGE = 'eng';

/** Namespaces of the extension for the root element. */
export const INSPIRE_NAMESPACES = {
  'xmlns:inspire_vs': 'http://inspire.ec.europa.eu/schemas/inspire_vs/1.0',
  'xmlns:inspire_common': 'http://inspire.ec.europa.eu/schemas/common/1.0',
};
/** What of the schema location belongs to it. */
export const INSPIRE_SCHEMA =
  'http://inspire.ec.europa.eu/schemas/inspire_vs/1.0 http://inspire.ec.europa.eu/schemas/inspire_vs/1.0/inspire_vs.xsd';

const NETWORK_SERVICES = {
  title:
    'COMMISSION REGULATION (EC) No 976/2009 of 19 October 2009 implementing Directive 2007/2/EC of the European Parliament and of the Council as regards the Network Services',
  published: '2009-10-20',
  uri: 'http://data.europa.eu/eli/reg/2009/976',
};

const common = (name: string, ...content: readonly XmlContent[]): XmlMarkup =>
  el(`inspire_common:${name}`, {}, ...content);

/**
 * Writes inspire_vs:ExtendedCapabilities with the metadata of the service in them (INSPIRE TG view 3.11 §4.2.3.3.1, scenario 2). Undefined without an
 * address to write to, which the schema demands: the capabilities then say what they can without the extension (scenario 3).
 */
export function writeInspireCapabilities(description: WmsDescription): XmlMarkup | undefined {
  const { address, contact, updateSequence } = description;
  if (contact.email === undefined) return undefined;
  const revised = updateSequence.slice(0, 10);
  return el(
    'inspire_vs:ExtendedCapabilities',
    {},
    common('ResourceLocator', common('URL', `${address}SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities`)),
    common('ResourceType', 'service'),
    common('TemporalReference', common('DateOfLastRevision', revised)),
    conformity(),
    common(
      'MetadataPointOfContact',
      common('OrganisationName', contact.organisation),
      common('EmailAddress', contact.email),
    ),
    common('MetadataDate', revised),
    common('SpatialDataServiceType', 'view'),
    common('MandatoryKeyword', common('KeywordValue', 'infoMapAccessService')),
    common('SupportedLanguages', common('DefaultLanguage', common('Language', LANGUAGE))),
    common('ResponseLanguage', common('Language', LANGUAGE)),
  );
}

/** Nobody has measured an installation against the regulation until somebody has. */
function conformity(): XmlMarkup {
  const { title, published, uri } = NETWORK_SERVICES;
  return common(
    'Conformity',
    common('Specification', common('Title', title), common('DateOfPublication', published), common('URI', uri)),
    common('Degree', 'notEvaluated'),
  );
}
