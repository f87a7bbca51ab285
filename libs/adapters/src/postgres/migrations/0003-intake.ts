import { Migration } from '../migration.js';

/** One row for everything ever handed to acquisition. */
export class Intakes extends Migration {
  readonly name = 'intakes-0000000000003';
  protected readonly statements = [
    `create table acquisition.intake (
      id uuid primary key,
      name text not null,
      source text not null,
      state text not null
        check (state in ('receiving', 'received', 'published', 'drawn', 'unchanged', 'quarantined')),
      path text not null,
      holder text not null,
      collection text,
      product_id text,
      step text,
      progress double precision,
      reason text,
      request_id text,
      created timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
      updated timestamptz not null default date_trunc('milliseconds', clock_timestamp())
    )`,
    'create index intake_created on acquisition.intake (created desc)',
    'create index intake_state on acquisition.intake (state, created desc)',
    `create index intake_unfinished on acquisition.intake (holder, created)
      where state in ('receiving', 'received', 'published')`,
  ];
}
