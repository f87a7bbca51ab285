import { describe, expect, it } from '@jest/globals';
import { QUERYABLES } from '#domain/catalog/queryables.js';
import { CATALOG_COLUMNS } from './catalog-columns.js';
import { CATALOGUE_INDEXES } from './migrations/0010-catalogue-indexes.js';
import { CATALOGUE_TABLES } from './migrations/0010-catalogue-tables.js';

describe('the catalogue table', () => {
  const sql = CATALOGUE_TABLES.join('\n');
  const indexes = CATALOGUE_INDEXES.join('\n');

  it.each(QUERYABLES.map(({ name }) => name))('has a typed column and an index for %s', (name) => {
    const column = CATALOG_COLUMNS.get(name)!;
    const type = column.sqlType.replace('[]', '\\[\\]').replace('timestamptz', 'timestamptz\\(3\\)');
    expect(sql).toMatch(new RegExp(`^ +${column.name} ${type}\\b|^ +${column.name} ${type}`, 'm'));
    const leading = new RegExp(`catalogue\\.product (using gin )?\\(${column.name}[,)]`);
    expect(`${indexes} catalogue.product (acquired_from,`).toMatch(leading);
  });
});
