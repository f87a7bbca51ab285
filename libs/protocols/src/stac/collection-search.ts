import { z } from 'zod';
import type { Filter, Literal } from '#domain/catalog/catalog-query.js';
import { matchesFilter } from '#domain/catalog/matches-filter.js';
import { InvalidError } from '#domain/errors.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import { checked } from '../checked.js';
import { collectionName, collectionRecord, collectionValue } from './collection-names.js';
import { freeText } from './search-conditions.js';
import { extentShape, LIMIT, limitOf, token } from './search-request.js';
import { parseFields } from './stac-fields.js';
import { parseFilter } from './stac-filter.js';
import { parseSortText } from './stac-sort.js';

/** Query parameters of `/collections` (Collection Search extension 1.0.0, with its free text, filter, sort and fields). */
export const collectionsParameters = z.looseObject({
  ...extentShape,
  limit: limitOf(LIMIT.most),
  token,
  filter: z.string().optional().describe("CQL2, e.g. title LIKE 'Sentinel-2%' AND gsd <= 10"),
  'filter-lang': z.enum(['cql2-text', 'cql2-json']).optional(),
  'filter-crs': z.string().optional(),
  sortby: z
    .string()
    .transform(checked(parseSortText))
    .optional()
    .describe('Properties, + ascending or - descending, e.g. -start_datetime; by id unless asked otherwise.'),
  fields: z.string().transform(parseFields).optional().describe('Fields to include, or to exclude with a -.'),
});

/** A checked search of collections. */
export type CollectionSearch = z.output<typeof collectionsParameters>;

/** A page of the collections that match. */
export interface CollectionsFound {
  readonly summaries: readonly CollectionSummary[];
  readonly matched: number;
  readonly next?: string;
}

/**
 * The page a search asks for. An order is total, and a page begins behind the place the one before ended at, so none is lost or doubled while others come
 * and go. Throws InvalidError for what collections cannot be asked, and (subject `token`) for a token that is none.
 */
export function searchCollections(all: readonly CollectionSummary[], search: CollectionSearch): CollectionsFound {
  const condition: Filter = { op: 'and', args: conditionsOf(search) };
  const matching = all.filter((summary) => matchesFilter(condition, collectionRecord(summary)));
  const keys = [...(search.sortby ?? []), { field: 'id', descending: false }];
  const places = matching.map((summary) => ({ summary, place: keys.map(({ field }) => valueOf(summary, field)) }));
  const order = (a: Place, b: Place): number => {
    for (const [at, { descending }] of keys.entries()) {
      const found = compare(a[at] ?? null, b[at] ?? null);
      if (found !== 0) return descending ? -found : found;
    }
    return 0;
  };
  const after = search.token === undefined ? undefined : readToken(search.token, keys.length);
  const left = places
    .toSorted((a, b) => order(a.place, b.place))
    .filter(({ place }) => after === undefined || order(place, after) > 0);
  const page = left.slice(0, search.limit);
  const last = page.at(-1);
  return {
    summaries: page.map(({ summary }) => summary),
    matched: matching.length,
    ...(left.length > page.length && last !== undefined ? { next: writeToken(last.place) } : {}),
  };
}

function conditionsOf(search: CollectionSearch): readonly Filter[] {
  const { bbox, datetime, q } = search;
  const filter = parseFilter(search, collectionName);
  return [
    ...(bbox === undefined
      ? []
      : [{ op: 'spatial' as const, relation: 'intersects' as const, geometry: boundingBoxArea(bbox) }]),
    ...(datetime === undefined ? [] : [{ op: 'temporal' as const, relation: 'overlaps' as const, interval: datetime }]),
    ...(filter === undefined ? [] : [filter]),
    ...freeText(q),
  ];
}

/** The values a collection stands by in an order; dates in milliseconds. */
type Place = readonly (string | number | boolean | null)[];

function valueOf(summary: CollectionSummary, field: string): Place[number] {
  const value: Literal | undefined = collectionValue(summary, field);
  return value instanceof Date ? value.getTime() : (value ?? null);
}

/** In ascending order what is absent comes last. */
function compare(a: Place[number], b: Place[number]): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}

const place = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]));

function writeToken(values: Place): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

function readToken(text: string, length: number): Place {
  try {
    return place.length(length).parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    throw new InvalidError('The token is none of ours, or of another search.', { subject: 'token', cause });
  }
}
