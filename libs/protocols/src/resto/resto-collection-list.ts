import type { Mirror } from '../links/product-links.js';
import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import { restoCollectionName } from './resto-collections.js';
import { restoSearchHref } from './resto-page.js';

/** resto's list of collections: one per mission, as its clients address them. */
export function writeRestoCollections(summaries: readonly CollectionSummary[], mirror: Mirror): object {
  const names = [...new Set(summaries.map(({ collection }) => restoCollectionName(collection)))];
  const collections = names.map((name) => {
    const own = summaries.filter(({ collection }) => restoCollectionName(collection) === name);
    return writeRestoCollection(name, own, mirror);
  });
  const count = summaries.reduce((sum, summary) => sum + summary.count, 0);
  return {
    id: mirror.name,
    title: mirror.name,
    statistics: {
      count,
      facets: { collection: Object.fromEntries(names.map((name) => [name, countOf(name, summaries)])) },
    },
    collections,
  };
}

function countOf(name: string, summaries: readonly CollectionSummary[]): number {
  return summaries
    .filter(({ collection }) => restoCollectionName(collection) === name)
    .reduce((sum, { count }) => sum + count, 0);
}

/** One collection (a mission, or one of its products) with what is in it. */
export function writeRestoCollection(name: string, own: readonly CollectionSummary[], mirror: Mirror): object {
  const [first] = own;
  const titles = own.map(({ collection }) => collection.title);
  return {
    name,
    status: 'public',
    owner: 'admin',
    model: 'Frombork',
    license: first && {
      licenseId: first.collection.license.id,
      description: { shortName: first.collection.license.title },
    },
    osDescription: {
      en: {
        ShortName: name,
        LongName: name,
        Description: titles.join('; '),
        Tags: [...new Set(own.flatMap(({ collection }) => collection.keywords))].join(' '),
        Developer: 'Frombork',
        Contact: '',
        Query: '',
        Attribution: first?.collection.license.title ?? '',
      },
    },
    statistics: {
      count: own.reduce((sum, { count }) => sum + count, 0),
      facets: {
        productType: Object.fromEntries(
          own.map(({ collection, count }) => [collection.productTypes[0] ?? collection.id, count]),
        ),
      },
    },
    links: ['json', 'atom'].map((form) => ({
      rel: 'items',
      type: form === 'json' ? 'application/json' : 'application/atom+xml',
      href: restoSearchHref(mirror, name, `search.${form}`),
    })),
  };
}
