import { InvalidError } from '#domain/errors.js';
import type { Filter } from '#domain/catalog/catalog-query.js';
import type { DeletionCause } from '#domain/ports/product-store.js';
import type { Tombstone } from '#domain/catalog/catalog-change.js';
import type { CatalogColumn } from './catalog-columns.js';
import { compileScalar } from './compile-catalog-comparison.js';
import type { SqlParameters } from './sql-parameters.js';

/** What tombstones are searched and sorted by. */
const COLUMNS: ReadonlyMap<string, CatalogColumn> = new Map(
  (
    [
      ['uuid', 'string', 'uuid'],
      ['id', 'string', 'text'],
      ['collection', 'string', 'text'],
      ['cause', 'string', 'text'],
      ['deleted', 'date', 'timestamptz'],
    ] as const
  ).map(([name, type, sqlType]) => [
    name,
    { queryable: { name, type, core: true, title: name, names: {} }, name, sqlType, nullable: false },
  ]),
);

/** Throws InvalidError naming a property tombstones do not have. */
export function tombstoneColumn(property: string): CatalogColumn {
  const column = COLUMNS.get(property);
  if (column !== undefined) return column;
  throw new InvalidError(`Deleted products have no property ${JSON.stringify(property)} to search by.`, {
    subject: property,
  });
}

/** A boolean SQL expression over `catalogue.tombstone p`. Throws InvalidError for what tombstones cannot be asked. */
export function compileTombstoneFilter(filter: Filter, parameters: SqlParameters): string {
  if ('property' in filter) {
    const column = tombstoneColumn(filter.property);
    return filter.op === 'isNull' ? 'false' : compileScalar(filter, column, parameters);
  }
  if ('args' in filter) {
    if (filter.args.length === 0) return filter.op === 'and' ? 'true' : 'false';
    return filter.args.map((arg) => `(${compileTombstoneFilter(arg, parameters)})`).join(` ${filter.op} `);
  }
  if (filter.op === 'not') return `not (${compileTombstoneFilter(filter.arg, parameters)})`;
  if (filter.op === 'constant') return String(filter.value);
  throw new InvalidError('Deleted products are searched by uuid, id, collection, deleted and cause only.', {
    subject: 'filter',
  });
}

/** The select list a tombstone is read from. */
export const TOMBSTONE_COLUMNS = 'p.uuid, p.collection, p.id, p.deleted, p.cause';

/**
 * The last tombstone of each product that is not there. A product removed and published again has its tombstone behind it even where the numbers of the
 * two transactions stand the other way round: the publishing one may have begun first and waited.
 */
export const IN_FORCE = `not exists (select from catalogue.product_key k where k.id = p.id and k.collection = p.collection)
  and not exists (select from catalogue.tombstone later where later.id = p.id and later.collection = p.collection
    and (later.deleted, later.change_xid, later.change_seq) > (p.deleted, p.change_xid, p.change_seq))`;

/** A row of that select list. */
export interface TombstoneRow extends Readonly<Record<string, unknown>> {
  readonly uuid: string;
  readonly collection: string;
  readonly id: string;
  readonly deleted: Date;
  readonly cause: DeletionCause;
}

/** The tombstone a row holds. */
export function readTombstone({ uuid, collection, id, deleted, cause }: TombstoneRow): Tombstone {
  return { uuid, collection, id, deleted, cause };
}
