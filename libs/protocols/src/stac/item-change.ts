import { queryablesOf } from '#domain/catalog/queryables.js';
import { ConflictError, InvalidError } from '#domain/errors.js';
import { ASSET_KEYS, type Asset } from '#domain/product/asset.js';
import type { Product, ProductKey } from '#domain/product/product.js';
import { productUuid } from '#domain/product/product-uuid.js';
import { isJsonObject, isSameJson, type JsonObject } from '../json/json-value.js';
import { writeItem } from './item.js';
import { requireValidStac } from './schemas/validate-stac.js';
import { parseStacItem, type ReadItem } from './stac-item-read.js';

/**
 * A written Item as the metadata-only product it becomes (STAC API Transaction extension 1.0.0). Its id, where one is asked for, and collection must be
 * those of the address. Throws InvalidError naming the field.
 */
export function readNewItem(json: unknown, address: { readonly collection: string; readonly id?: string }): Product {
  requireValidStac('Item', json);
  const { product } = readWritten(json, address);
  const key = { collection: product.collection, id: product.id };
  return { ...product, uuid: productUuid(key.collection, key.id), online: 'metadata-only' };
}

/**
 * A product changed to what an Item says. What the Item says as it was given out stays as the product has it; what the mirror holds may be described anew,
 * but not be left out or pointed elsewhere: ConflictError. Throws InvalidError naming the field that is wrong.
 */
export function changeItem(current: Product, json: unknown, address: string): Product {
  const givenOut: unknown = JSON.parse(JSON.stringify(writeItem(current, address)));
  requireValidStac('Item', json, () => givenOut);
  const given = parseStacItem(givenOut).product;
  const next = readWritten(followDatetime(json, current), current).product;
  return {
    ...current,
    geometry: isSameJson(given.geometry, next.geometry) ? current.geometry : next.geometry,
    acquiredFrom: next.acquiredFrom,
    acquiredTo: next.acquiredTo,
    properties: changed(current.properties, given.properties, next.properties),
    extra: changed(current.extra, given.extra, next.extra),
    assets: changedAssets(current, given.assets, next.assets),
  };
}

/** An instant is given out as an interval too: who changes only its `datetime` means all three. */
function followDatetime(json: unknown, { acquiredFrom, acquiredTo }: Product): unknown {
  const properties = isJsonObject(json) ? json['properties'] : undefined;
  if (!isJsonObject(json) || !isJsonObject(properties) || acquiredFrom.getTime() !== acquiredTo.getTime()) return json;
  const was = acquiredFrom.toISOString();
  const { start_datetime: start, end_datetime: end, ...rest } = properties;
  const isMoved = start === was && end === was && typeof rest['datetime'] === 'string' && rest['datetime'] !== was;
  return isMoved ? { ...json, properties: rest } : json;
}

/** What is as it was given out stays as it is kept, what is no longer there goes, what was never given out stays. */
function changed<T>(
  kept: Readonly<Record<string, T>>,
  given: Readonly<Record<string, T>>,
  next: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  const hidden = Object.entries(kept).filter(([name]) => !Object.hasOwn(given, name));
  const stated = Object.entries(next).flatMap(([name, value]): (readonly [string, T])[] => {
    if (!isSame(given[name], value)) return [[name, value]];
    const own = kept[name];
    return own === undefined ? [] : [[name, own]];
  });
  return Object.fromEntries([...hidden, ...stated]);
}

function isSame(a: unknown, b: unknown): boolean {
  return a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : isSameJson(a, b);
}

type Assets = Readonly<Record<string, Asset>>;

function changedAssets(current: Product, given: Assets, next: Assets): Assets {
  const held = Object.keys(given).filter((key) => isHeld(current, key));
  for (const key of held) {
    if (next[key]?.href === given[key]?.href) continue;
    const change = next[key] === undefined ? 'left out' : 'pointed elsewhere';
    throw new ConflictError(
      `The data of the asset ${key} of ${current.id} is held by this mirror: it cannot be ${change}.`,
      { subject: `assets.${key}` },
    );
  }
  const assets = changed(current.assets, given, next);
  const described = held.flatMap((key): (readonly [string, Asset])[] => {
    const asset = next[key];
    if (asset === undefined || isSame(given[key], asset)) return [];
    const { title, roles, fields } = asset;
    const own = current.assets[key] ?? { roles };
    return [[key, { ...own, roles, ...(title && { title }), ...(fields && { fields: withoutDerived(fields) }) }]];
  });
  return { ...assets, ...Object.fromEntries(described) };
}

function isHeld({ assets, content }: Product, key: string): boolean {
  return assets[key]?.location !== undefined || (key === ASSET_KEYS.product && content !== undefined);
}

/** What is written of what the mirror knows itself. */
const DERIVED = new Set(['file:checksum', 'proj:epsg']);

function withoutDerived(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !DERIVED.has(name)));
}

function readWritten(json: unknown, { collection, id }: Partial<ProductKey>): ReadItem {
  const read = parseStacItem(isJsonObject(json) && json['collection'] === undefined ? { ...json, collection } : json);
  const { product, files } = read;
  if (product.collection !== collection)
    throw new InvalidError(`The item is of the collection ${product.collection}, not ${collection}.`, {
      subject: 'collection',
    });
  if (id !== undefined && product.id !== id)
    throw new InvalidError(`The item has the id ${product.id}, not ${id}.`, { subject: 'id' });
  const [file] = files.keys();
  if (file !== undefined)
    throw new InvalidError(
      `The asset ${file} has a relative path: give its address, or hand the files in for ingest.`,
      {
        subject: `assets.${file}`,
      },
    );
  requireTypes(product.extra);
  return read;
}

const VOCABULARY = queryablesOf('stac');

/** A property of the vocabulary is kept outside it only where its value is of another type. */
function requireTypes(extra: JsonObject): void {
  for (const name of Object.keys(extra)) {
    const queryable = VOCABULARY.get(name);
    if (queryable === undefined || queryable.core) continue;
    const type = queryable.type === 'strings' ? 'a list of texts' : `of type ${queryable.type}`;
    throw new InvalidError(`Not a STAC Item: properties.${name} must be ${type}.`, { subject: `properties.${name}` });
  }
}
