import type { Asset } from '#domain/product/asset.js';
import type { ProductContent } from '#domain/product/content.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import type { OnlineState } from '#domain/product/online-state.js';
import type { Product, PropertyValue } from '#domain/product/product.js';
import { CATALOG_COLUMNS } from './catalog-columns.js';

/** Queryables kept in `Product.properties`, in the order their columns are read. */
const PROPERTIES = [...CATALOG_COLUMNS.values()].filter(({ queryable }) => !queryable.core);

/** 15 decimals give every coordinate back as it came. */
const FOOTPRINT = 'st_asgeojson(p.footprint, 15)::json';

const OTHERS = [
  'uuid',
  'collection',
  'id',
  'acquired_from',
  'acquired_to',
  'published',
  'updated',
  'online',
  'size',
  'scene',
  'version',
  'predecessor',
  'successor',
  'content',
  'assets',
  'extra',
] as const;

/** The select list a product is read from. */
export const PRODUCT_COLUMNS = [
  ...OTHERS.map((name) => `p.${name}`),
  `${FOOTPRINT} as geometry`,
  ...PROPERTIES.map(({ name }) => `p.${name}`),
].join(', ');

/** A row of that select list. */
export interface ProductRow extends Readonly<Record<string, unknown>> {
  readonly uuid: string;
  readonly collection: string;
  readonly id: string;
  readonly acquired_from: Date;
  readonly acquired_to: Date;
  readonly published: Date;
  readonly updated: Date;
  readonly online: OnlineState;
  readonly scene: string | null;
  readonly version: string | null;
  readonly predecessor: string | null;
  readonly successor: string | null;
  readonly content: ProductContent | null;
  readonly assets: Readonly<Record<string, Asset>>;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly geometry: Geometry | null;
}

/** The product a row holds. */
export function readProductRow(row: ProductRow): Product {
  const properties = PROPERTIES.flatMap(({ queryable, name }) => {
    const value = row[name] as PropertyValue | null;
    return value === null ? [] : [[queryable.name, value] as const];
  });
  return {
    uuid: row.uuid,
    collection: row.collection,
    id: row.id,
    geometry: row.geometry,
    acquiredFrom: row.acquired_from,
    acquiredTo: row.acquired_to,
    properties: Object.fromEntries(properties),
    extra: row.extra,
    assets: row.assets,
    online: row.online,
    ...(row.content === null ? {} : { content: row.content }),
    ...(row.scene === null ? {} : { scene: { id: row.scene, version: row.version ?? '' } }),
    ...(row.predecessor === null ? {} : { predecessor: row.predecessor }),
    ...(row.successor === null ? {} : { successor: row.successor }),
    published: row.published,
    updated: row.updated,
  };
}
