import { Migration } from '../migration.js';

/** What discovery takes over from other catalogues, in a schema of its own. */
export class Harvests extends Migration {
  readonly name = 'harvests-0000000000021';
  protected readonly statements = [
    'create schema if not exists discovery',
    `create table discovery.harvest (
      id uuid primary key,
      kind text not null,
      source text not null,
      filter jsonb not null,
      "interval" integer check ("interval" > 0),
      response_handler text,
      state text not null default 'waiting'
        check (state in ('waiting', 'running', 'succeeded', 'failed', 'cancelled')),
      position text,
      -- Whether a run is under way: a new one begins to count anew, one that goes on does not.
      begun boolean not null default false,
      read bigint not null default 0,
      created_products bigint not null default 0,
      modified bigint not null default 0,
      unchanged bigint not null default 0,
      kept bigint not null default 0,
      removed bigint not null default 0,
      failed bigint not null default 0,
      error text,
      failures integer not null default 0,
      holder text,
      leased_until timestamptz,
      due timestamptz(3) not null default now(),
      created timestamptz(3) not null default clock_timestamp(),
      updated timestamptz(3) not null default clock_timestamp(),
      finished timestamptz(3)
    )`,
    'create index harvest_created on discovery.harvest (created desc, id)',
    `create index harvest_due on discovery.harvest (due) where state in ('waiting', 'running')`,
  ];
}
