import { CatalogBookmarks } from './catalog-bookmarks.js';
import type { Sql } from './sql.js';

/** What a mirror does now and then, beside ingest and searches: folds the tallies, makes the partitions of coming years, removes old bookmarks. Safe at any time and from several processes. */
export async function maintainCatalogue(sql: Sql): Promise<void> {
  await sql.execute('select catalogue.fold_tallies()');
  await sql.execute('select catalogue.create_years()');
  await new CatalogBookmarks(sql).clear();
}
