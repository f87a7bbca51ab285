import { z } from 'zod';
import type { CatalogQuery, CountMode, SortKey } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { checked } from '../checked.js';
import { geometrySchema } from '../geojson/geometry-schema.js';
import { parseBbox, parseBboxText } from '../geojson/parse-bbox.js';
import { EXPORT_NAMES } from './export-form.js';
import { writeConditions, type ItemConditions } from './search-conditions.js';
import { parseDatetime } from './stac-datetime.js';
import { parseFields, type FieldSelection } from './stac-fields.js';
import { parseSortby, sortbyBody } from './stac-sort.js';

/** Items on a page unless asked otherwise, and the most there can be; larger limits are clamped (OGC 17-069r4 §7.15.2). */
export const LIMIT = { default: 100, most: 1000 } as const;

/** Most ids or collections one search may list. */
const MAX_LIST = 1000;

/** A checked search, however it was sent. */
export interface ItemSearch extends ItemConditions {
  readonly ids?: readonly string[] | undefined;
  readonly collections?: readonly string[] | undefined;
  readonly limit: number;
  readonly token?: string | undefined;
  readonly sortby?: readonly SortKey[] | undefined;
  readonly fields?: FieldSelection | undefined;
  /** Counted where that is cheap, unless something else is wanted. */
  readonly count?: CountMode;
}

/** How it is said that two were. */
export const ONE_AREA = { path: ['intersects'], message: 'give bbox or intersects, not both' };

const clamp = (limit: number): number => Math.min(limit, LIMIT.most);
/** Where to go on. */
export const token = z
  .string()
  .min(1)
  .max(2000)
  .optional()
  .describe('Where to go on: taken from a `next` or `prev` link.');
const name = z.string().min(1);
/** Some clients send one name bare instead of a list. */
const list = z.union([z.array(name).max(MAX_LIST), name.transform((only) => [only])]).optional();
const names = z.array(name).max(MAX_LIST);
const textList = z
  .string()
  .transform((text) => text.split(',').filter((part) => part !== ''))
  .pipe(z.array(z.string()).max(MAX_LIST))
  .optional();

const filterLanguage = z.enum(['cql2-text', 'cql2-json']).optional();
const filterCrs = z.string().optional().describe('Only http://www.opengis.net/def/crs/OGC/1.3/CRS84.');

/** What anything is searched by in a GET: where, when and by words. */
export const extentShape = {
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
  q: textList.describe(
    'Free text; words separated by blanks must all be there, terms separated by commas are alternatives.',
  ),
};

/** `limit` of a GET. */
export const limitOf = (usual: number) =>
  z.coerce
    .number('must be a number')
    .int()
    .min(1)
    .default(usual)
    .transform(clamp)
    .describe(`How many on a page; more than ${LIMIT.most} counts as ${LIMIT.most}.`);

const pageParameters = {
  limit: limitOf(LIMIT.default),
  token,
  ...extentShape,
  sortby: z
    .string()
    .transform(checked(parseSortby))
    .optional()
    .describe('Properties, + ascending or - descending, e.g. -datetime'),
  filter: z.string().optional().describe("CQL2, e.g. eo:cloud_cover < 10 AND platform = 'sentinel-2a'"),
  'filter-lang': filterLanguage,
  'filter-crs': filterCrs,
  query: z
    .string()
    .transform(checked(parseJson))
    .pipe(z.record(z.string(), z.unknown()))
    .optional()
    .describe('Query extension, e.g. {"eo:cloud_cover":{"lt":10}}'),
  fields: z
    .string()
    .transform(parseFields)
    .optional()
    .describe('Fields to include, or to exclude with a - before them.'),
  f: z
    .string()
    .optional()
    .describe(`All items at once as ${EXPORT_NAMES.join(', ')}; \`limit\` is then of all.`),
};

/** Query parameters of `/collections/{id}/items` (STAC API Features, OGC 17-069r4 §7.15). */
export const itemsParameters = z.looseObject(pageParameters);

const intersects = z.string().transform(checked(parseJson)).pipe(geometrySchema).optional();

/** What `GET /search` may ask, for what else is asked as items are. */
export const searchShape = {
  ...pageParameters,
  intersects: intersects.describe('GeoJSON geometry; not together with bbox.'),
  ids: textList.describe('Item ids, comma separated.'),
  collections: textList.describe('Collection ids, comma separated.'),
};

/** Query parameters of `GET /search` (STAC API Item Search). */
export const searchParameters = z.looseObject(searchShape).refine(oneArea, ONE_AREA);

/** What `POST /search` may ask, for what else is asked as items are. */
export const searchBodyShape = {
  limit: z.int().min(1).default(LIMIT.default).transform(clamp),
  token,
  bbox: z.array(z.number()).transform(checked(parseBbox)).optional(),
  datetime: z.string().transform(checked(parseDatetime)).optional(),
  intersects: geometrySchema.optional(),
  ids: list,
  collections: list,
  sortby: sortbyBody,
  sortBy: sortbyBody.describe('As clients of GEODES spell sortby.'),
  filter: z.unknown().optional().describe('CQL2 JSON, or CQL2 text with filter-lang cql2-text.'),
  'filter-lang': filterLanguage,
  'filter-crs': filterCrs,
  query: z.record(z.string(), z.unknown()).nullish().transform(absent).describe('{"eo:cloud_cover":{"lt":10}}'),
  fields: z
    .object({
      include: names.nullish().transform((given) => (given === null ? [] : given)),
      exclude: names.nullish().transform((given) => given ?? []),
    })
    .optional()
    .transform((given) =>
      given?.include === undefined && given?.exclude.length === 0 ? { include: [], exclude: [] } : given,
    )
    .describe('Fields to include and exclude.'),
  q: z.union([z.array(name).max(MAX_LIST), name.transform((text) => text.split(','))]).optional(),
};

/** Body of `POST /search` (STAC API Item Search). */
export const searchBody = z
  .object(searchBodyShape)
  .refine(oneArea, ONE_AREA)
  .transform(({ sortBy, ...search }) =>
    sortBy === undefined ? search : { ...search, sortby: search.sortby ?? sortBy },
  );

/** The search as the one query. Throws InvalidError naming what is wrong in its filter. */
export function toCatalogQuery(search: ItemSearch): CatalogQuery {
  const args = writeConditions(search);
  const { collections, ids, sortby, token: cursor, limit } = search;
  return {
    page: { kind: 'keyset', limit, ...(cursor === undefined ? {} : { cursor }) },
    count: search.count ?? 'exactOrNone',
    ...(args.length === 0 ? {} : { filter: { op: 'and', args } }),
    ...(collections?.length ? { collections } : {}),
    ...(ids?.length ? { ids } : {}),
    ...(sortby?.length ? { sort: sortby } : {}),
  };
}

function absent<T>(value: T | null | undefined): T | undefined {
  return value ?? undefined;
}

/** Only one of the two areas may be given (STAC API Item Search §Query Parameters). */
export function oneArea(search: { readonly bbox?: unknown; readonly intersects?: unknown }): boolean {
  return search.bbox === undefined || search.intersects === undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidError('is not JSON', { cause });
  }
}
