import { Migration } from '../migration.js';

/** Who wants to be told of changes of the catalogue. */
export class Subscriptions extends Migration {
  readonly name = 'subscriptions-0000000000024';
  protected readonly statements = [
    'create schema if not exists discovery',
    `create table discovery.subscription (
      id uuid primary key,
      status text not null check (status in ('running', 'paused', 'cancelled')),
      events text[] not null,
      filter text,
      priority integer not null,
      stage_order boolean not null,
      endpoint text,
      username text,
      password text,
      submitted timestamptz(3) not null default clock_timestamp(),
      last_notified timestamptz(3),
      position text not null,
      reached timestamptz(3) not null,
      acknowledged bigint not null default 0,
      failures integer not null default 0,
      last_error text,
      next_try timestamptz(3),
      holder text,
      held_until timestamptz
    )`,
    `create index subscription_due on discovery.subscription (next_try)
      where endpoint is not null and status = 'running'`,
    `create table discovery.subscription_told (
      subscription uuid not null references discovery.subscription (id) on delete cascade,
      product uuid not null,
      told timestamptz not null default clock_timestamp(),
      primary key (subscription, product)
    )`,
    'create index subscription_told_when on discovery.subscription_told (subscription, told)',
  ];
}
