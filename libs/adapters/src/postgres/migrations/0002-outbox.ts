import { Migration } from '../migration.js';

/** Events to be published, events handled, and which memory of the bus they went to. */
export class OutboxAndInbox extends Migration {
  readonly name = 'outbox-and-inbox-0000000000002';
  protected readonly statements = [
    `create table bus.outbox (
      position bigint generated always as identity primary key,
      id text not null unique,
      type text not null,
      source text not null,
      subject text not null,
      time timestamptz not null,
      request_id text,
      data jsonb not null,
      appended timestamptz not null default clock_timestamp(),
      published timestamptz
    )`,
    'create index outbox_waiting on bus.outbox (position) where published is null',
    'create index outbox_appended on bus.outbox (appended)',
    `create table bus.inbox (
      consumer text not null,
      event_id text not null,
      handled timestamptz not null default clock_timestamp(),
      primary key (consumer, event_id)
    )`,
    'create index inbox_handled on bus.inbox (handled)',
    `create table bus.generation (
      single boolean primary key default true check (single),
      generation text not null
    )`,
  ];
}
