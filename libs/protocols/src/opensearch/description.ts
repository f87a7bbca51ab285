import { el, type XmlMarkup } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';
import { parameterElement, type DescribedSearch } from './description-parameters.js';
import { writeParentIdentifier } from './product-identifier.js';
import { FORM_TYPES } from './response-form.js';
import { COLLECTION_PARAMETERS } from './collection-search.js';
import { DESCRIPTION_TYPE, descriptionHref } from './description-href.js';
import { searchHref } from './product-entry.js';
import { NAMESPACES, SEARCH_PARAMETERS, type SearchParameter } from './search-parameters.js';

/** The OpenSearch description (OpenSearch 1.1, OGC 10-032r8 §9, 13-026r9 §8): URL templates with every term, and which values they take. */
export function writeDescription(search: DescribedSearch): string {
  const { mirror, collections, isWithinOne } = search;
  const [only] = isWithinOne ? collections : [];
  const parent = only && writeParentIdentifier(mirror.name, only.shortName);
  const about = only ?? {
    title: `${mirror.name} OpenSearch`,
    description: `Products of the ${mirror.name} mirror of Copernicus Sentinel data.`,
    keywords: ['Copernicus', 'Sentinel'],
    license: { title: 'Contains Copernicus Sentinel data' },
  };
  return writeXml(
    el(
      'OpenSearchDescription',
      declarations(),
      el('ShortName', {}, mirror.name.slice(0, 16)),
      el('Description', {}, about.description),
      el('Tags', {}, about.keywords.map((tag) => tag.replaceAll(' ', '-')).join(' ')),
      el('Url', { rel: 'self', type: DESCRIPTION_TYPE, template: descriptionHref(mirror, parent) }),
      RESULT_FORMS.map((form) => writeResultsUrl(FORM_TYPES[form], search, parent)),
      isWithinOne ? [] : COLLECTION_FORMS.map((form) => writeCollectionsUrl(FORM_TYPES[form], search)),
      el('LongName', {}, about.title.slice(0, 48)),
      el('Query', { role: 'example', 'time:start': '2024-06-01T00:00:00Z', 'geo:box': '5.9,47.2,15.2,55' }),
      el('Developer', {}, 'Frombork'),
      el('Attribution', {}, about.license.title.slice(0, 256)),
      el('SyndicationRight', {}, 'open'),
      el('AdultContent', {}, 'false'),
      el('Language', {}, 'en-us'),
      el('OutputEncoding', {}, 'UTF-8'),
      el('InputEncoding', {}, 'UTF-8'),
    ),
  );
}

const RESULT_FORMS = ['atom', 'geojson', 'sru'] as const;
const COLLECTION_FORMS = ['atom', 'geojson'] as const;

function declarations(): Readonly<Record<string, string>> {
  const { os, ...others } = NAMESPACES;
  return { xmlns: os, ...Object.fromEntries(Object.entries(others).map(([prefix, uri]) => [`xmlns:${prefix}`, uri])) };
}

/** The search of products; within a collection its identifier is part of the template, else a term of it. */
function writeResultsUrl(type: string, search: DescribedSearch, parent: string | undefined): XmlMarkup {
  const parameters = SEARCH_PARAMETERS.filter(({ name }) => parent === undefined || name !== 'parentIdentifier');
  const within = parent === undefined ? '' : `&parentIdentifier=${parent}`;
  const base = `${searchHref(search.mirror, [['httpAccept', type]])}${within}`;
  return writeUrl('results', type, base, { search, parameters });
}

/** The search of collections, first of the two steps (CEOS-BP-001, -003). */
function writeCollectionsUrl(type: string, search: DescribedSearch): XmlMarkup {
  const names: ReadonlySet<string> = new Set(COLLECTION_PARAMETERS);
  const parameters = SEARCH_PARAMETERS.filter(({ name }) => names.has(name));
  const base = searchHref(search.mirror, [['httpAccept', type]], 'collections');
  return writeUrl('collection', type, base, { search, parameters });
}

interface DescribedTerms {
  readonly search: DescribedSearch;
  readonly parameters: readonly SearchParameter[];
}

function writeUrl(rel: string, type: string, base: string, { search, parameters }: DescribedTerms): XmlMarkup {
  const terms = parameters.map(({ name, term }) => `${name}={${term.replace(/^os:/, '')}?}`);
  return el(
    'Url',
    { rel, type, template: [base, ...terms].join('&'), indexOffset: 1, pageOffset: 1 },
    parameters.map((parameter) => parameterElement(parameter, search)),
  );
}
