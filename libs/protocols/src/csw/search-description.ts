import type { Mirror } from '../links/product-links.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { CSW_VERSIONS } from './csw-version.js';
import { EO_QUERYABLES } from './eo-queryables.js';

const SCHEMA = CSW_VERSIONS['3.0.0'].namespace;

/** The OpenSearch description of the catalogue service (OGC 12-176r7 §6.5, OpenSearch 1.1 draft 5). `example` is a word that finds something. */
export function searchDescription({ address, name }: Mirror, example: string): XmlMarkup {
  const shortName = name.slice(0, 16);
  return el(
    'OpenSearchDescription',
    {
      xmlns: 'http://a9.com/-/spec/opensearch/1.1/',
      'xmlns:geo': 'http://a9.com/-/opensearch/extensions/geo/1.0/',
      'xmlns:time': 'http://a9.com/-/opensearch/extensions/time/1.0/',
      'xmlns:eo': 'http://a9.com/-/opensearch/extensions/eo/1.0/',
    },
    el('ShortName', {}, shortName),
    el(
      'Description',
      {},
      `Search of the catalogue service ${name}: Earth observation products, their collections and published records.`,
    ),
    el('Tags', {}, 'CSW Sentinel Copernicus'),
    url('application/atom+xml', searchTemplate(address, 'outputformat=application/atom%2Bxml')),
    url('application/xml', searchTemplate(address, `outputformat=application/xml&outputschema=${SCHEMA}`)),
    url('application/atom+xml', byIdTemplate(address, 'outputformat=application/atom%2Bxml')),
    url('application/xml', byIdTemplate(address, `outputformat=application/xml&outputschema=${SCHEMA}`)),
    el('LongName', {}, `Catalogue of ${name}`.slice(0, 48)),
    el('Query', { role: 'example', searchTerms: example }),
    el('Developer', {}, name),
    el('SyndicationRight', {}, 'open'),
    el('Language', {}, 'en'),
    el('OutputEncoding', {}, 'UTF-8'),
    el('InputEncoding', {}, 'UTF-8'),
  );
}

function url(type: string, template: string): XmlMarkup {
  return el('Url', { type, template, indexOffset: 1, pageOffset: 1 });
}

function searchTemplate(address: string, form: string): string {
  const eo = EO_QUERYABLES.flatMap(({ name }) => {
    const local = name.slice(name.indexOf(':') + 1);
    const parameter = local.charAt(0).toLowerCase() + local.slice(1);
    return OPENSEARCH_EO.has(parameter) ? [`${parameter}={eo:${parameter}?}`] : [];
  });
  const parameters = [
    'service=CSW',
    'version=3.0.0',
    'request=GetRecords',
    'elementsetname=full',
    'typenames=csw:Record',
    'resulttype=results',
    form,
    'q={searchTerms?}',
    'bbox={geo:box?}',
    'geometry={geo:geometry?}',
    'lat={geo:lat?}',
    'lon={geo:lon?}',
    'radius={geo:radius?}',
    'start={time:start?}',
    'end={time:end?}',
    ...eo,
    'startposition={startIndex?}',
    'maxrecords={count?}',
  ];
  return `${address}/csw?${parameters.join('&')}`;
}

function byIdTemplate(address: string, form: string): string {
  return `${address}/csw?service=CSW&version=3.0.0&request=GetRecords&elementsetname=full&typenames=csw:Record&resulttype=results&${form}&uid={geo:uid}`;
}

/** Parameters the EO extension has (OGC 13-026r9 tables 3 and 4). */
const OPENSEARCH_EO = new Set([
  'platform',
  'instrument',
  'sensorType',
  'productType',
  'processingLevel',
  'acquisitionType',
  'cloudCover',
  'snowCover',
  'illuminationElevationAngle',
  'illuminationAzimuthAngle',
  'orbitNumber',
  'orbitDirection',
  'polarisationChannels',
  'polarisationMode',
  'antennaLookDirection',
]);
