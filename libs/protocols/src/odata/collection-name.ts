import type { Collection } from '#domain/collection/collection.js';
import { FALSE } from './combine-filters.js';
import { holds, TEXT_TESTS, type SearchableField } from './searchable-field.js';

/** What CDSE calls the collection of a product: its mission, e.g. `SENTINEL-2`. */
export function collectionName({ mission }: Pick<Collection, 'mission'>): string {
  return mission.toUpperCase();
}

/** `Collection/Name`: the mission as CDSE names it, or a collection's own id or short name; decided over the collections there are. */
export function collectionNameField(collections: readonly Collection[]): SearchableField {
  const within = (test: (name: string) => boolean, all = false) => {
    const values = collections
      .filter((collection) => {
        const names = [collectionName(collection), collection.id, collection.shortName];
        return all ? names.every(test) : names.some(test);
      })
      .map(({ id }) => id);
    return values.length === 0 ? FALSE : ({ op: 'in', property: 'collection', values } as const);
  };
  const fold = (text: string, folds: boolean): string => (folds ? text.toLowerCase() : text);
  return {
    isNull: FALSE,
    sortBy: 'collection',
    compare: (op, value, folds) =>
      within((name) => holds(op, fold(name, folds), fold(String(value.value), folds)), op === 'ne'),
    matches: (how, text, folds) => within((name) => TEXT_TESTS[how](fold(name, folds), fold(text, folds))),
  };
}
