import { el, type XmlMarkup } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';
import { parameterElement, type DescribedSearch } from './description-parameters.js';
import { writeParentIdentifier } from './product-identifier.js';
import { FORM_TYPES } from './result-page.js';
import { NAMESPACES, SEARCH_PARAMETERS } from './search-parameters.js';

/** The OpenSearch description (OpenSearch 1.1, OGC 10-032r8 §9, 13-026r9 §8): URL templates with every term, and which values they take. */
export function writeDescription(search: DescribedSearch): string {
  const { mirror, collections, isWithinOne } = search;
  const [only] = isWithinOne ? collections : [];
  const parent = only && writeParentIdentifier(mirror.name, only.shortName);
  const own = `${mirror.address}/opensearch/description.xml${parent === undefined ? '' : `?parentIdentifier=${parent}`}`;
  return writeXml(
    el(
      'OpenSearchDescription',
      declarations(),
      el('ShortName', {}, mirror.name.slice(0, 16)),
      el('Description', {}, only?.description ?? `Products of the ${mirror.name} mirror of Copernicus Sentinel data.`),
      el('Tags', {}, (only?.keywords ?? ['Copernicus', 'Sentinel']).map((tag) => tag.replaceAll(' ', '-')).join(' ')),
      el('Url', { rel: 'self', type: 'application/opensearchdescription+xml', template: own }),
      writeUrl(FORM_TYPES.atom, search, parent),
      writeUrl(FORM_TYPES.geojson, search, parent),
      el('LongName', {}, (only?.title ?? `${mirror.name} OpenSearch`).slice(0, 48)),
      el('Query', { role: 'example', 'time:start': '2024-06-01T00:00:00Z', 'geo:box': '5.9,47.2,15.2,55' }),
      el('Developer', {}, 'Frombork'),
      el('SyndicationRight', {}, 'open'),
      el('AdultContent', {}, 'false'),
      el('Language', {}, 'en-us'),
      el('OutputEncoding', {}, 'UTF-8'),
      el('InputEncoding', {}, 'UTF-8'),
    ),
  );
}

function declarations(): Readonly<Record<string, string>> {
  const { os, ...others } = NAMESPACES;
  return { xmlns: os, ...Object.fromEntries(Object.entries(others).map(([prefix, uri]) => [`xmlns:${prefix}`, uri])) };
}

/** One template: within a collection its identifier is part of the template, else a term of it. */
function writeUrl(type: string, search: DescribedSearch, parent: string | undefined): XmlMarkup {
  const parameters = SEARCH_PARAMETERS.filter(({ name }) => parent === undefined || name !== 'parentIdentifier');
  const terms = parameters.map(({ name, term }) => `${name}={${term.replace(/^os:/, '')}?}`);
  const fixed = [
    `httpAccept=${encodeURIComponent(type)}`,
    ...(parent === undefined ? [] : [`parentIdentifier=${parent}`]),
  ];
  const template = `${search.mirror.address}/opensearch/request/?${[...fixed, ...terms].join('&')}`;
  return el(
    'Url',
    { rel: 'results', type, template, indexOffset: 1, pageOffset: 1 },
    parameters.map((parameter) => parameterElement(parameter, search)),
  );
}
