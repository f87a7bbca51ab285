import { InvalidError } from '#domain/errors.js';
import { findQueryable, QUERYABLES, type Queryable } from '#domain/catalog/queryables.js';

/** The column of catalogue.product that holds a queryable. */
export interface CatalogColumn {
  readonly queryable: Queryable;
  readonly name: string;
  /** PostgreSQL type, as parameters compared with it are cast. */
  readonly sqlType: string;
  readonly nullable: boolean;
}

const SQL_TYPES: Readonly<Record<Queryable['type'], string>> = {
  string: 'text',
  integer: 'bigint',
  number: 'double precision',
  date: 'timestamptz',
  boolean: 'boolean',
  strings: 'text[]',
};

/** Core queryables every row has. */
const PRESENT = new Set(['uuid', 'id', 'collection', 'acquiredFrom', 'acquiredTo', 'published', 'updated', 'online']);

/** Every queryable's column, by queryable name. */
export const CATALOG_COLUMNS: ReadonlyMap<string, CatalogColumn> = new Map(
  QUERYABLES.map((queryable) => [
    queryable.name,
    {
      queryable,
      name: queryable.name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      sqlType: queryable.name === 'uuid' ? 'uuid' : SQL_TYPES[queryable.type],
      nullable: !PRESENT.has(queryable.name),
    },
  ]),
);

const EXTRA = 'extra:';

/** The column of a property in the vocabulary. Throws InvalidError naming one that is not. */
export function catalogColumn(property: string): CatalogColumn {
  const column = findQueryable(property) && CATALOG_COLUMNS.get(property);
  if (column === undefined) {
    throw new InvalidError(`There is no property ${JSON.stringify(property)} to search by.`, { subject: property });
  }
  return column;
}

/** The name of a property outside the vocabulary (`extra:<name>`), undefined for one inside. */
export function extraName(property: string): string | undefined {
  return property.startsWith(EXTRA) ? property.slice(EXTRA.length) : undefined;
}
