import { hash } from 'node:crypto';
import { InvalidError } from '#domain/errors.js';
import { checkGeometry } from '#domain/geometry/check-geometry.js';
import { isConvexPolygon } from '#domain/geometry/convex-polygon.js';
import type { Product, PropertyValue } from '#domain/product/product.js';
import { eachMember, hasUnstorableText } from './canonical-json.js';
import { CATALOG_COLUMNS, type CatalogColumn } from './catalog-columns.js';
import { sqlLiteral, type SqlLiteral } from './catalog-literal.js';
import { wordsOf } from './catalog-words.js';
import { writeEwkb } from './write-ewkb.js';

/** A product ready to be written. */
export interface ProductRecord extends Pick<
  Product,
  'collection' | 'id' | 'uuid' | 'acquiredFrom' | 'acquiredTo' | 'scene'
> {
  readonly row: ProductRow;
  /** SHA-256 of its canonical JSON, hex: what an unchanged product keeps. */
  readonly hash: string;
  /** Whether the mirror holds its bytes. */
  readonly held: boolean;
}

/** A product's columns as they are sent. What is long goes apart, so that the server parses it once. */
export interface ProductRow {
  /** Members of the JSON object `json_to_recordset` takes: columns, the words in one text, and whether the footprint is known to be valid. */
  readonly members: string;
  /** JSON. */
  readonly assets: string;
  readonly extra: string;
  readonly content: string;
  /** EWKB, hex; undefined without a geometry. */
  readonly footprint: string | undefined;
}

const MAX_POSITIONS = 100_000;

/** Checks a product and turns it into a record. Throws InvalidError naming the product. */
export function productRecord(product: Product): ProductRecord {
  try {
    return record(product);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidError(`The product ${product.id} cannot be catalogued: ${reason}`, {
      subject: product.id,
      cause: error,
    });
  }
}

function record(product: Product): ProductRecord {
  const { collection, id, uuid, geometry, scene, acquiredFrom, acquiredTo } = product;
  if (id === '' || collection === '') throw new RangeError('it has no id or no collection');
  sqlLiteral(uuid, 'uuid', 'uuid');
  if (!(acquiredFrom <= acquiredTo)) throw new RangeError('its acquisition ends before it begins, or has no time');
  if (geometry !== null) checkGeometry(geometry, { subject: id, maxPositions: MAX_POSITIONS, maxLongitude: 180 });
  const { row, json } = rowOf(product);
  if (hasUnstorableText(json)) throw new RangeError('it has text with NUL or half a character');
  return {
    collection,
    id,
    uuid,
    acquiredFrom,
    acquiredTo,
    row,
    hash: hash('sha256', json),
    held: product.content !== undefined,
    ...(scene === undefined ? {} : { scene }),
  };
}

/** All members a record may have, in canonical order. */
const OTHERS = ['uuid', 'scene', 'version', 'assets', 'content', 'extra', 'geometry', 'words'];
const MEMBERS: readonly string[] = [
  ...new Set([...CATALOG_COLUMNS.values()].map(({ name }) => name)).union(new Set(OTHERS)),
].toSorted();

/** The row, and the canonical JSON of all of it. */
function rowOf(product: Product): { readonly row: ProductRow; readonly json: string } {
  const { geometry, content, assets, extra } = product;
  const words = wordsOf(describingTexts(product));
  const apart: Record<string, string> = { assets: '', content: 'null', extra: '', geometry: '', words: '' };
  let json = '';
  let members = `"valid":${geometry !== null && isConvexPolygon(geometry)},"words":${JSON.stringify(words.join(' '))}`;
  const all = { ...plainColumns(product), assets, content, extra, geometry, words };
  eachMember(all, MEMBERS, (key, member, value) => {
    json += json === '' ? member : `,${member}`;
    if (apart[key] === undefined) members += `,${member}`;
    else apart[key] = value;
  });
  const row = {
    members,
    assets: apart['assets'] ?? '',
    extra: apart['extra'] ?? '',
    content: apart['content'] ?? '',
    footprint: geometry === null ? undefined : writeEwkb(geometry),
  };
  return { row, json: `{${json}}` };
}

function plainColumns(product: Product): Readonly<Record<string, unknown>> {
  const { uuid, collection, id, acquiredFrom, acquiredTo, scene } = product;
  return {
    uuid,
    collection,
    id,
    acquired_from: acquiredFrom,
    acquired_to: acquiredTo,
    online: product.online,
    size: product.content?.size,
    scene: scene?.id,
    version: scene?.version,
    ...propertyColumns(product.properties),
  };
}

function propertyColumns(properties: Product['properties']): Readonly<Record<string, unknown>> {
  const columns: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(properties)) {
    const column = CATALOG_COLUMNS.get(name);
    if (column === undefined || column.queryable.core) throw new RangeError(`${name} is no property of the vocabulary`);
    columns[column.name] = columnValue(value, column);
  }
  return columns;
}

function columnValue(value: PropertyValue, { queryable }: CatalogColumn): SqlLiteral | readonly SqlLiteral[] {
  const { type, name } = queryable;
  const isList = typeof value === 'object' && !(value instanceof Date);
  if (isList !== (type === 'strings')) throw new RangeError(`${name} is ${isList ? 'a list' : 'not a list'}`);
  if (isList) return value.map((item) => sqlLiteral(item, 'strings', name));
  const literal = sqlLiteral(value, type, name);
  if (type === 'integer' && !Number.isSafeInteger(literal)) throw new RangeError(`${name} is not a whole number`);
  return literal;
}

/** What free text finds a product by. */
function describingTexts({ id, collection, properties, extra }: Product): readonly string[] {
  const values = [...Object.values(properties), extra['title'], extra['description'], extra['keywords']].flat();
  return [id, collection, ...values.filter((value) => typeof value === 'string')];
}
