import type { Product, ProductKey } from '#domain/product/product.js';
import { isStorableText } from './catalog-literal.js';
import { PRODUCT_COLUMNS, readProductRow, type ProductRow } from './product-row.js';
import type { Sql } from './sql.js';

/** A key of the catalogue and what its row is found and compared by. */
export type StandingKey = ProductKey & { readonly acquired_from: Date; readonly revision: string };

/** Selects {@link StandingKey}s; a condition on `k` follows. */
export const STANDING_KEYS = `select k.collection, k.id, k.acquired_from, encode(k.content_hash, 'hex') as revision
  from catalogue.product_key k`;

/** Those of the keys that are in the catalogue, as products. */
export async function findProducts(sql: Sql, keys: readonly ProductKey[]): Promise<readonly Product[]> {
  const asked = keys.filter(({ collection, id }) => isStorableText(collection) && isStorableText(id));
  if (asked.length === 0) return [];
  const standing = await sql.query<StandingKey>(
    `${STANDING_KEYS} where (k.id, k.collection) in (select * from unnest($1::text[], $2::text[]))`,
    [asked.map(({ id }) => id), asked.map(({ collection }) => collection)],
  );
  return standing.length === 0 ? [] : productsOf(sql, standing);
}

/** The products of keys. Of one changed between the two it has the older revision, so that nobody overwrites it unseen. */
async function productsOf(sql: Sql, keys: readonly StandingKey[]): Promise<readonly Product[]> {
  const rows = await sql.query<ProductRow>(
    `select ${PRODUCT_COLUMNS} from catalogue.product p
     where p.acquired_from = any($1::timestamptz[]) and (p.acquired_from, p.collection, p.id) in
       (select * from unnest($1::timestamptz[], $2::text[], $3::text[]))`,
    [
      keys.map((key) => key.acquired_from.toISOString()),
      keys.map(({ collection }) => collection),
      keys.map(({ id }) => id),
    ],
  );
  const revisions = new Map(keys.map((key) => [keyText(key), key.revision]));
  return rows.map(readProductRow).map((product) => ({ ...product, revision: revisions.get(keyText(product)) ?? '' }));
}

function keyText({ collection, id }: ProductKey): string {
  return `${collection}/${id}`;
}
