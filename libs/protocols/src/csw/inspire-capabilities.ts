import { el, type XmlContent, type XmlMarkup } from '../xml/xml-element.js';
import { contactAddress, type CapabilitiesContext } from './capabilities-context.js';

/** The only language answers are written in, ISO 639-2/B. */
export const RESPONSE_LANGUAGE = 'eng';

/** `inspire_ds:ExtendedCapabilities` with all INSPIRE metadata of the service (TG Discovery 3.1 §4.3.1, scenario 2). */
export function inspireCapabilities({ mirror, updated }: CapabilitiesContext): XmlMarkup {
  const date = updated.toISOString().slice(0, 10);
  return el(
    'inspire_ds:ExtendedCapabilities',
    {
      'xmlns:inspire_ds': 'http://inspire.ec.europa.eu/schemas/inspire_ds/1.0',
      'xmlns:inspire_common': 'http://inspire.ec.europa.eu/schemas/common/1.0',
      'xsi:schemaLocation':
        'http://inspire.ec.europa.eu/schemas/inspire_ds/1.0 http://inspire.ec.europa.eu/schemas/inspire_ds/1.0/inspire_ds.xsd',
    },
    common(
      'ResourceLocator',
      common('URL', `${mirror.address}/csw?service=CSW&version=2.0.2&request=GetCapabilities`),
      common('MediaType', 'application/vnd.ogc.csw.capabilities.response_xml'),
    ),
    common('ResourceType', 'service'),
    common('TemporalReference', common('DateOfLastRevision', date)),
    conformity(),
    common(
      'MetadataPointOfContact',
      common('OrganisationName', mirror.name),
      common('EmailAddress', contactAddress(mirror)),
    ),
    common('MetadataDate', date),
    common('SpatialDataServiceType', 'discovery'),
    common('MandatoryKeyword', common('KeywordValue', 'infoCatalogueService')),
    common('SupportedLanguages', common('DefaultLanguage', common('Language', RESPONSE_LANGUAGE))),
    common('ResponseLanguage', common('Language', RESPONSE_LANGUAGE)),
  );
}

function common(name: string, ...content: readonly XmlContent[]): XmlMarkup {
  return el(`inspire_common:${name}`, {}, ...content);
}

function conformity(): XmlMarkup {
  return common(
    'Conformity',
    common(
      'Specification',
      common(
        'Title',
        'COMMISSION REGULATION (EC) No 976/2009 of 19 October 2009 implementing Directive 2007/2/EC of the European Parliament and of the Council as regards the Network Services',
      ),
      common('DateOfPublication', '2009-10-20'),
    ),
    common('Degree', 'notEvaluated'),
  );
}
