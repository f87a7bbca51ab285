import { z } from 'zod';
import { InvalidError } from '#domain/errors.js';
import { checkGeometry } from '#domain/geometry/check-geometry.js';
import type { Polygon } from '#domain/geometry/geometry.js';
import { GEOMETRY_LIMITS, geometrySchema } from '../geojson/geometry-schema.js';
import { isJsonObject, type JsonObject } from '../json/json-value.js';

/** Ids become parts of addresses, object keys and file names. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._+=-]{0,199}$/;
const VERSION = /^1\.\d+\.\d+/;
const LONGEST_KEY = 200;
const LONGEST_HREF = 4096;
const id = z.string().regex(ID, 'must be 1 to 200 letters, digits, . _ + = - and begin with a letter or digit');
const instant = z.iso.datetime({ offset: true });

const itemSchema = z.object({
  type: z.literal('Feature'),
  stac_version: z.string().regex(VERSION, 'must be 1.x'),
  id,
  collection: id,
  geometry: geometrySchema.nullable(),
  properties: z
    .looseObject({ datetime: instant.nullable(), start_datetime: instant.optional(), end_datetime: instant.optional() })
    .refine((p) => p.datetime !== null || (p.start_datetime !== undefined && p.end_datetime !== undefined), {
      message: 'datetime may be null only where start_datetime and end_datetime are given',
    }),
  assets: z.record(z.string().min(1).max(LONGEST_KEY), z.looseObject({ href: z.string().min(1).max(LONGEST_HREF) })),
  links: z.array(z.looseObject({ rel: z.string(), href: z.string() })).default([]),
});

/** What an Item has to have to be read. */
export type ItemShape = z.infer<typeof itemSchema>;

/** Whether a JSON value is a time as Items have it (RFC 3339 with an offset). */
export function isInstant(value: unknown): value is string {
  return instant.safeParse(value).success;
}

/** Checks that a JSON value has what an Item needs. Throws InvalidError naming the field. */
export function checkItemShape(json: unknown): ItemShape {
  return isPlain(json) ? json : checkedItem(json);
}

function checkedItem(json: unknown): ItemShape {
  const result = itemSchema.safeParse(json);
  if (result.success) return result.data;
  const [member = 'item'] = result.error.issues[0]?.path ?? [];
  const said = result.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`)
    .join('; ');
  throw new InvalidError(`Not a STAC Item: ${said}`, { subject: String(member) });
}

/** Whether an Item is one of the usual kind, with everything there: the same as the schema says, looked at without copying a dozen assets. */
function isPlain(json: unknown): json is ItemShape {
  if (!isClean(json)) return false;
  const { type, stac_version: version, id: name, collection, geometry, properties, assets, links } = json;
  return (
    type === 'Feature' &&
    isText(version) &&
    VERSION.test(version) &&
    [name, collection].every((each) => isText(each) && ID.test(each)) &&
    isPlainPolygon(geometry) &&
    hasTimes(properties) &&
    areAssets(assets) &&
    areLinks(links)
  );
}

/** An object whose prototype nobody meant to change. */
function isClean(value: unknown): value is JsonObject {
  return isJsonObject(value) && !Object.hasOwn(value, '__proto__');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function hasTimes(value: unknown): boolean {
  if (!isClean(value)) return false;
  const { datetime, start_datetime: start, end_datetime: end } = value;
  return isInstant(datetime) && [start, end].every((time) => time === undefined || isInstant(time));
}

function areAssets(value: unknown): boolean {
  return isClean(value) && Object.keys(value).every((key) => isName(key, LONGEST_KEY) && isAsset(value[key]));
}

function isAsset(value: unknown): boolean {
  return isClean(value) && isName(value['href'], LONGEST_HREF);
}

function isName(value: unknown, longest: number): boolean {
  return isText(value) && value !== '' && value.length <= longest;
}

function areLinks(value: unknown): boolean {
  return Array.isArray(value) && value.every((link) => isClean(link) && isText(link['rel']) && isText(link['href']));
}

/** A polygon that has nothing but its positions. */
function isPlainPolygon(value: unknown): boolean {
  if (!isClean(value) || value['type'] !== 'Polygon' || Object.keys(value).length !== 2) return false;
  const rings = value['coordinates'];
  if (!Array.isArray(rings) || !rings.every((ring) => Array.isArray(ring) && ring.every(isPosition))) return false;
  try {
    checkGeometry(value as unknown as Polygon & { type: 'Polygon' }, GEOMETRY_LIMITS);
    return true;
  } catch {
    // The schema says what is wrong.
    return false;
  }
}

function isPosition(value: unknown): boolean {
  return Array.isArray(value) && (value.length === 2 || value.length === 3) && value.every(Number.isFinite);
}
