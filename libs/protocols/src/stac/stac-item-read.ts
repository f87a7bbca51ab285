import { queryablesOf, type Queryable, type QueryableType } from '#domain/catalog/queryables.js';
import { InvalidError } from '#domain/errors.js';
import { cutAtAntimeridian } from '#domain/geometry/cut-at-antimeridian.js';
import type { Asset } from '#domain/product/asset.js';
import type { Product, PropertyValue } from '#domain/product/product.js';
import { checkItemShape, isInstant, type ItemShape } from './item-shape.js';
import { readItemAssets } from './item-assets-read.js';
import { requireValidStac } from './schemas/validate-stac.js';

/** A STAC Item as a product; `files` are the assets given by paths beside the item, by asset key. */
export interface ReadItem {
  readonly product: Omit<Product, 'uuid' | 'online' | 'content'>;
  readonly files: ReadonlyMap<string, string>;
}

/** What the catalogue sets itself or keeps outside `properties`. */
const NOT_KEPT = new Set([
  'datetime',
  'start_datetime',
  'end_datetime',
  'published',
  'updated',
  'order:status',
  'deprecated',
]);
/** Names others give what the vocabulary knows; the mode of an instrument that is no radar is written so too. */
const OTHER_NAMES: Readonly<Record<string, string>> = { 'eopf:instrument_mode': 'sar:instrument_mode' };
const BY_STAC_NAME = queryablesOf('stac');

/** Reads a STAC 1.0 or 1.1 Item: the vocabulary's properties under its names, all others as they came. Throws InvalidError naming the field. */
export function parseStacItem(json: unknown): ReadItem {
  const item = checkItemShape(json);
  const [acquiredFrom, acquiredTo] = timesOf(item.properties);
  const { assets, files } = readItemAssets(item.assets, selfOf(item));
  return {
    product: {
      id: item.id,
      collection: item.collection,
      geometry: item.geometry === null ? null : cutAtAntimeridian(item.geometry),
      acquiredFrom,
      acquiredTo,
      ...propertiesOf(item.properties),
      assets,
    },
    files,
  };
}

/** The same of an Item that is to be kept as it is: it has to be right by the schemas of STAC and of the extensions it names. Throws InvalidError naming each fault. */
export function parseValidItem(json: unknown): ReadItem {
  requireValidStac('Item', json);
  return parseStacItem(json);
}

/** The time span; a lone datetime is an instant. */
function timesOf({
  datetime,
  start_datetime: start,
  end_datetime: end,
}: ItemShape['properties']): readonly [Date, Date] {
  const from = new Date(start ?? datetime ?? '');
  const to = new Date(end ?? datetime ?? '');
  if (to < from)
    throw new InvalidError('Not a STAC Item: end_datetime is before start_datetime.', { subject: 'end_datetime' });
  return [from, to];
}

function propertiesOf(given: ItemShape['properties']): Pick<Product, 'properties' | 'extra'> {
  const properties: Record<string, PropertyValue> = {};
  const extra: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (NOT_KEPT.has(name) || value === null || value === undefined) continue;
    const queryable = BY_STAC_NAME.get(OTHER_NAMES[name] ?? name);
    const known = queryable === undefined || queryable.core ? undefined : readValue(queryable, value);
    if (known === undefined || queryable === undefined) extra[name] = value;
    else properties[queryable.name] = known;
  }
  return { properties, extra };
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** How each type of the vocabulary is told in JSON; undefined for a value of another type. */
const READERS: Readonly<Record<QueryableType, (value: unknown) => PropertyValue | undefined>> = {
  string: (value) => (isText(value) ? value : undefined),
  integer: (value) => (Number.isSafeInteger(value) ? (value as number) : undefined),
  number: (value) => (Number.isFinite(value) ? (value as number) : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  date: (value) => (isInstant(value) ? new Date(value) : undefined),
  strings: (value) => (Array.isArray(value) && value.every(isText) ? value : undefined),
};

/** The value as the vocabulary types it, the first of a list where it has one; undefined where it is of another type and so stays outside. */
function readValue({ type }: Queryable, value: unknown): PropertyValue | undefined {
  const single = Array.isArray(value) && type !== 'strings' ? (value as unknown[])[0] : value;
  return READERS[type](single);
}

function selfOf(item: ItemShape): string | undefined {
  return item.links.find(({ rel, href }) => rel === 'self' && /^https?:\/\//i.test(href))?.href;
}

/** Assets of an item that hold a picture to draw from, best first: a COG meant to be seen, then any GeoTIFF. */
export function drawableAssets(assets: Readonly<Record<string, Asset>>): readonly string[] {
  const isTiff = ({ mediaType }: Asset): boolean => mediaType?.startsWith('image/tiff') ?? false;
  const rank = ({ roles }: Asset): number => (roles.includes('visual') ? 0 : roles.includes('overview') ? 1 : 2);
  return Object.entries(assets)
    .filter(([, asset]) => isTiff(asset))
    .toSorted(([, a], [, b]) => rank(a) - rank(b))
    .map(([key]) => key);
}
