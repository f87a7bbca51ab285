import type { Collection } from '#domain/collection/collection.js';
import type { Queryable } from '#domain/catalog/queryables.js';
import type { Mirror } from '../links/product-links.js';
import { NAMESPACES } from '../opensearch/search-parameters.js';
import { writeXml } from '../xml/write-xml.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { restoSearchHref } from './resto-page.js';
import { RESTO_PARAMETERS, RESTO_PROPERTIES } from './resto-parameters.js';
import { RESTO_PAGE } from './resto-request.js';

/** What is described: the search of a collection or mission by its name in the path, or of all. */
export interface RestoDescription {
  readonly mirror: Mirror;
  readonly name?: string;
  readonly collections: readonly Collection[];
}

/** resto's `describe.xml`: an OpenSearch description (OpenSearch 1.1 with the parameter extension). */
export function writeRestoDescription({ mirror, name, collections }: RestoDescription): string {
  const about = name ?? 'all collections';
  const keywords = [...new Set(collections.flatMap((collection) => collection.keywords))];
  return writeXml(
    el(
      'OpenSearchDescription',
      {
        xmlns: NAMESPACES.os,
        'xmlns:geo': NAMESPACES.geo,
        'xmlns:time': NAMESPACES.time,
        'xmlns:eo': NAMESPACES.eo,
        'xmlns:param': NAMESPACES.param,
        'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
        'xmlns:resto': 'urn:frombork:resto:2.3',
      },
      el('ShortName', {}, (name ?? mirror.name).slice(0, 16)),
      el('Description', {}, `Search of ${about} on the ${mirror.name} mirror`),
      el(
        'Tags',
        {},
        keywords
          .slice(0, 20)
          .map((tag) => tag.replaceAll(' ', '-'))
          .join(' '),
      ),
      writeUrl(mirror, name, ['search.atom', 'application/atom+xml'], collections),
      writeUrl(mirror, name, ['search.json', 'application/json'], collections),
      el('LongName', {}, `${mirror.name} ${about}`.slice(0, 48)),
      el('Query', { role: 'example', searchTerms: 'Sentinel-2' }),
      el('Developer', {}, 'Frombork'),
      el('SyndicationRight', {}, 'open'),
      el('AdultContent', {}, 'false'),
      el('Language', {}, 'en-us'),
      el('InputEncoding', {}, 'UTF-8'),
      el('OutputEncoding', {}, 'UTF-8'),
    ),
  );
}

function writeUrl(
  mirror: Mirror,
  name: string | undefined,
  [document, type]: readonly [string, string],
  collections: readonly Collection[],
): XmlMarkup {
  const own = RESTO_PARAMETERS.map((parameter) => ({ ...parameter, options: OPTIONS[parameter.name] ?? [] }));
  const properties = RESTO_PROPERTIES.filter(([, { core }]) => !core).map(([key, queryable]) => ({
    name: key,
    term: `eo:${key}`,
    title: queryable.title,
    options: optionsOf(queryable, collections),
  }));
  const all = [...own, ...properties];
  const template = `${restoSearchHref(mirror, name, document)}?${all.map((one) => `${one.name}={${one.term}?}`).join('&')}`;
  return el(
    'Url',
    { type, rel: 'results', template, indexOffset: 1, pageOffset: 1 },
    all.map((one) =>
      el(
        'param:Parameter',
        { name: one.name, value: `{${one.term}}`, title: one.title, ...LIMITS[one.name] },
        one.options.map((value) => el('param:Option', { value })),
      ),
    ),
  );
}

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  status: ['ONLINE', 'OFFLINE', 'ALL'],
  latestOnly: ['true', 'false'],
  sortParam: ['startDate', 'completionDate', 'published', 'updated'],
  sortOrder: ['ascending', 'descending'],
};

const LIMITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  maxRecords: { minInclusive: 0, maxInclusive: RESTO_PAGE.most },
  index: { minInclusive: 1 },
  page: { minInclusive: 1 },
  lat: { minInclusive: -90, maxInclusive: 90 },
  lon: { minInclusive: -180, maxInclusive: 180 },
};

function optionsOf({ name }: Queryable, collections: readonly Collection[]): readonly string[] {
  const values: readonly string[] =
    name === 'productType'
      ? collections.flatMap(({ productTypes }) => productTypes)
      : name === 'processingLevel'
        ? collections.map(({ processingLevel }) => processingLevel)
        : [];
  return [...new Set(values)].toSorted();
}
