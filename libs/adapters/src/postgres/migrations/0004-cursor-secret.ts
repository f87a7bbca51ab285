import { Migration } from '../migration.js';

/** What signs paging cursors: kept here, so that every instance and every restart takes the cursors of the others. */
export class CursorSecret extends Migration {
  readonly name = 'cursor-secret-0000000000004';
  protected readonly statements = [
    `create table catalogue.cursor_secret (
      single boolean primary key default true check (single),
      secret text not null default gen_random_uuid()::text || gen_random_uuid()::text
    )`,
    'insert into catalogue.cursor_secret default values',
  ];
}
