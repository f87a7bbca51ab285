import { z } from 'zod';
import type { CatalogQuery, Filter, SortKey } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import type { BoundingBox, Geometry } from '#domain/geometry/geometry.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import { checked } from '../checked.js';
import { geometrySchema } from '../geojson/geometry-schema.js';
import { parseBbox, parseBboxText } from '../geojson/parse-bbox.js';
import { parseDatetime } from './stac-datetime.js';
import { parseSortby, queryableName } from './stac-sort.js';

/** Items on a page unless asked otherwise, and the most there can be; larger limits are clamped (OGC 17-069r4 §7.15.2). */
export const LIMIT = { default: 100, most: 1000 } as const;

/** Most ids or collections one search may list. */
const MAX_LIST = 1000;

/** A checked search, however it was sent. */
export interface ItemSearch {
  readonly bbox?: BoundingBox | undefined;
  readonly intersects?: Geometry | undefined;
  readonly datetime?: TimeInterval | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly collections?: readonly string[] | undefined;
  readonly limit: number;
  readonly token?: string | undefined;
  readonly sortby?: readonly SortKey[] | undefined;
}

// Ignoring these would answer another question than the one asked.
const unsupported = z.never('is not supported here; see /stac/conformance').optional();
const refused = { query: unsupported, filter: unsupported, q: unsupported };

const clamp = (limit: number): number => Math.min(limit, LIMIT.most);
const token = z.string().min(1).max(2000).optional().describe('Where to go on: taken from a `next` or `prev` link.');
const name = z.string().min(1);
/** Some clients send one name bare instead of a list. */
const list = z.union([z.array(name).max(MAX_LIST), name.transform((only) => [only])]).optional();
const textList = z
  .string()
  .transform((text) => text.split(',').filter((part) => part !== ''))
  .pipe(z.array(z.string()).max(MAX_LIST))
  .optional();

const pageParameters = {
  limit: z.coerce
    .number('must be a number')
    .int()
    .min(1)
    .default(LIMIT.default)
    .transform(clamp)
    .describe(`Items on a page; more than ${LIMIT.most} counts as ${LIMIT.most}.`),
  token,
  bbox: z
    .string()
    .transform(checked(parseBboxText))
    .optional()
    .describe('west,south,east,north; west > east crosses the antimeridian.'),
  datetime: z
    .string()
    .transform(checked(parseDatetime))
    .optional()
    .describe('RFC 3339 instant or interval, e.g. 2024-06-01T00:00:00Z/..'),
  sortby: z
    .string()
    .transform(checked(parseSortby))
    .optional()
    .describe('Properties, + ascending or - descending, e.g. -datetime'),
};

/** Query parameters of `/collections/{id}/items` (STAC API Features, OGC 17-069r4 §7.15). */
export const itemsParameters = z.object({ ...pageParameters, ...refused });

/** Query parameters of `GET /search` (STAC API Item Search). */
export const searchParameters = z
  .object({
    ...pageParameters,
    ...refused,
    intersects: z
      .string()
      .transform(checked(parseJson))
      .pipe(geometrySchema)
      .optional()
      .describe('GeoJSON geometry; not together with bbox.'),
    ids: textList.describe('Item ids, comma separated.'),
    collections: textList.describe('Collection ids, comma separated.'),
  })
  .refine(oneArea, { path: ['intersects'], message: 'give bbox or intersects, not both' });

/** Body of `POST /search` (STAC API Item Search). */
export const searchBody = z
  .object({
    ...refused,
    limit: z.int().min(1).default(LIMIT.default).transform(clamp),
    token,
    bbox: z.array(z.number()).transform(checked(parseBbox)).optional(),
    datetime: z.string().transform(checked(parseDatetime)).optional(),
    intersects: geometrySchema.optional(),
    ids: list,
    collections: list,
    sortby: z
      .array(
        z.object({
          field: z.string().transform(checked(queryableName)),
          direction: z.enum(['asc', 'desc']).default('asc'),
        }),
      )
      .transform((keys) => keys.map(({ field, direction }): SortKey => ({ property: field, direction })))
      .optional(),
  })
  .refine(oneArea, { path: ['intersects'], message: 'give bbox or intersects, not both' });

/** The search as the one query; counted where that is cheap. */
export function toCatalogQuery(search: ItemSearch): CatalogQuery {
  const args = conditions(search);
  const { collections, ids, sortby, token: cursor, limit } = search;
  return {
    page: { kind: 'keyset', limit, ...(cursor === undefined ? {} : { cursor }) },
    count: 'auto',
    ...(args.length === 0 ? {} : { filter: { op: 'and', args } }),
    ...(collections?.length ? { collections } : {}),
    ...(ids?.length ? { ids } : {}),
    ...(sortby?.length ? { sort: sortby } : {}),
  };
}

function conditions(search: ItemSearch): readonly Filter[] {
  const args: Filter[] = [];
  const area = search.intersects ?? (search.bbox && boundingBoxArea(search.bbox));
  if (area !== undefined) args.push({ op: 'spatial', relation: 'intersects', geometry: area });
  if (search.datetime !== undefined) args.push({ op: 'temporal', relation: 'overlaps', interval: search.datetime });
  return args;
}

function oneArea(search: { readonly bbox?: unknown; readonly intersects?: unknown }): boolean {
  return search.bbox === undefined || search.intersects === undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidError('is not JSON', { cause });
  }
}
