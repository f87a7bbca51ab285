import { Migration } from '../migration.js';

/** What following the changes needs beside their order: whether the positions given out still mean anything, and since when a product is there. */
export class ChangeFeedEpoch extends Migration {
  readonly name = 'change-feed-0000000000020';
  protected readonly statements = [
    // `restored_seq`: rows up to it came with a dump, their transaction ids are another server's.
    `create table catalogue.change_epoch (
      single boolean primary key default true check (single),
      epoch uuid not null default gen_random_uuid(),
      identity text not null,
      restored_seq bigint not null default 0,
      since timestamptz(3) not null default now()
    )`,

    /*
     * Transaction ids mean something on one server, on one line of its history, in one database, for the tables they were written into:
     * a dump restored elsewhere or anew, a backup recovered to an earlier moment and a stand-by that took over all show another identity.
     */
    `create function catalogue.change_identity() returns text language sql stable as $$
      select concat_ws('/', (select system_identifier from pg_control_system()), left(pg_walfile_name(pg_current_wal_insert_lsn()), 8),
        (select oid from pg_database where datname = current_database()), 'catalogue.tombstone'::regclass::oid)
    $$`,

    // Rows that are there already stay without: nobody knows who has seen them.
    'alter table catalogue.product_key add column created_xid xid8',
    'alter table catalogue.product_key alter column created_xid set default pg_current_xact_id()',
    'create index tombstone_deleted on catalogue.tombstone (deleted, uuid)',
    'create index tombstone_key on catalogue.tombstone (id, collection)',
  ];
}
