import { Migration } from '../migration.js';

/** Which parts of the collections' overviews are built and which are to be. */
export class Overviews extends Migration {
  readonly name = 'overviews-0000000000036';
  protected readonly statements = [
    'create schema if not exists view',
    `create table view.overview (
      collection text not null,
      level smallint not null,
      part_column integer not null,
      part_row integer not null,
      touched bigint not null default 1,
      built bigint not null default 0,
      due timestamptz not null,
      held_until timestamptz,
      etag text,
      products text[] not null default '{}',
      primary key (collection, level, part_column, part_row)
    )`,
    'create index overview_due on view.overview (level, due) where touched > built',
    'create index overview_products on view.overview using gin (products)',
  ];
}
