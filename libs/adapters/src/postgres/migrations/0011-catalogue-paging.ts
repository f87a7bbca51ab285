import { Migration } from '../migration.js';

/** Bookmarks of numbered pages, and indexes that pass rows by without reading them. */
export class CataloguePaging extends Migration {
  readonly name = 'catalogue-paging-0000000000011';
  protected readonly statements = [
    // Unlogged: leaving a bookmark waits for no disk, and after a crash there are none, which costs time only.
    `create unlogged table catalogue.bookmark (
      query bytea not null,
      skipped bigint not null,
      place jsonb not null,
      made timestamptz not null default now(),
      primary key (query, skipped)
    )`,
    'create index bookmark_made on catalogue.bookmark (made)',
  ];
}
