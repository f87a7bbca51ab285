import type { Literal } from '#domain/catalog/catalog-query.js';
import { FOOTPRINT } from '#domain/catalog/complement.js';
import type { FilteredRecord } from '#domain/catalog/matches-filter.js';
import { InvalidError } from '#domain/errors.js';
import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import type { Cql2Name } from '../cql2/cql2-names.js';

interface CollectionName extends Cql2Name {
  values(summary: CollectionSummary): readonly Literal[];
}

/** What collections are filtered and sorted by, under the names they are written with. */
const NAMES: ReadonlyMap<string, CollectionName> = new Map(
  (
    [
      ['id', 'string', ({ collection }) => [collection.id]],
      ['title', 'string', ({ collection }) => [collection.title]],
      ['description', 'string', ({ collection }) => [collection.description]],
      ['license', 'string', ({ collection }) => [collection.license.id]],
      ['keywords', 'strings', ({ collection }) => collection.keywords],
      ['constellation', 'string', ({ collection }) => [collection.mission.toLowerCase()]],
      ['platform', 'strings', ({ collection }) => collection.platforms],
      ['instruments', 'strings', ({ collection }) => [collection.instrument]],
      ['product:type', 'strings', ({ collection }) => collection.productTypes],
      ['processing:level', 'string', ({ collection }) => [collection.processingLevel]],
      ['gsd', 'number', ({ collection }) => present(collection.resolution)],
      ['start_datetime', 'date', (summary) => [beginOf(summary)]],
      ['end_datetime', 'date', ({ acquiredTo }) => present(acquiredTo)],
    ] satisfies readonly (readonly [string, Cql2Name['type'], CollectionName['values']])[]
  ).map(([property, type, values]) => [property, { property, type, values }]),
);

/** Names that are others under another name. */
const ALSO: ReadonlyMap<string, string> = new Map([
  ['datetime', 'start_datetime'],
  ['instrument', 'instruments'],
]);

/** What a name in a filter of collections stands for. Throws InvalidError naming what collections are not searched by. */
export function collectionName(field: string): Cql2Name {
  if (field === 'geometry') return { property: FOOTPRINT, type: 'geometry' };
  return nameOf(field, 'filter');
}

/** The values of a collection to sort by, none where it has none. Throws InvalidError (subject `sortby`). */
export function collectionValue(summary: CollectionSummary, field: string): Literal | undefined {
  return nameOf(field, 'sortby').values(summary)[0];
}

/** A collection as filters see it: its present extent, before the first product what the mission promises. */
export function collectionRecord(summary: CollectionSummary): FilteredRecord {
  const { collection, bbox, acquiredTo } = summary;
  const { id, title, description, keywords, mission, platforms, instrument, productTypes } = collection;
  return {
    values: (property) => NAMES.get(property)?.values(summary) ?? [],
    text: [id, title, description, ...keywords, mission, ...platforms, instrument, ...productTypes].join(' '),
    bbox: bbox ?? collection.bbox,
    time: { start: beginOf(summary), ...(acquiredTo === undefined ? {} : { end: acquiredTo }) },
  };
}

function nameOf(field: string, subject: string): CollectionName {
  const name = field.replace(/^properties\./, '');
  const found = NAMES.get(ALSO.get(name) ?? name);
  if (found !== undefined) return found;
  const known = [...NAMES.keys()].join(', ');
  throw new InvalidError(`Collections have no ${JSON.stringify(field)}, but ${known}.`, { subject });
}

function beginOf({ acquiredFrom, collection }: CollectionSummary): Date {
  return acquiredFrom ?? new Date(collection.temporalStart);
}

function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
