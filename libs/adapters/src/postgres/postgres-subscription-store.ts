import {
  SubscriptionStore,
  type NewSubscription,
  type PushOutcome,
  type SubscriptionChange,
  type ToldMessages,
} from '#domain/ports/subscription-store.js';
import type { Subscription, SubscriptionProgress } from '#domain/subscription/subscription.js';
import type { Sql } from './sql.js';

const COLUMNS = `id, status, events, filter, priority, stage_order as "stageOrder", endpoint, username, password, submitted,
  last_notified as "lastNotified", position, reached, acknowledged, failures, last_error as "lastError", next_try as "nextTry"`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Subscriptions in `discovery.subscription`; leases go by the database's clock, which every process shares. */
export class PostgresSubscriptionStore extends SubscriptionStore {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    super();
    this.sql = sql;
  }

  override async create(subscription: NewSubscription): Promise<Subscription> {
    const { id, status, events, filter, priority, stageOrder, endpoint, position, reached } = subscription;
    const [row] = await this.sql.query<SubscriptionRow>(
      `insert into discovery.subscription
         (id, status, events, filter, priority, stage_order, endpoint, username, password, position, reached)
       values ($1, $2, $3::text[], $4, $5, $6, $7, $8, $9, $10, $11::timestamptz) returning ${COLUMNS}`,
      [
        id,
        status,
        events,
        filter ?? null,
        priority,
        stageOrder,
        endpoint?.url ?? null,
        endpoint?.username ?? null,
        endpoint?.password ?? null,
        position,
        reached.toISOString(),
      ],
    );
    if (row === undefined) throw new Error('an insert returned no row');
    return toSubscription(row);
  }

  override async find(id: string): Promise<Subscription | undefined> {
    if (!UUID.test(id)) return undefined;
    const rows = await this.sql.query<SubscriptionRow>(`select ${COLUMNS} from discovery.subscription where id = $1`, [
      id,
    ]);
    return rows.map(toSubscription)[0];
  }

  override async list(): Promise<readonly Subscription[]> {
    const rows = await this.sql.query<SubscriptionRow>(
      `select ${COLUMNS} from discovery.subscription order by submitted desc, id`,
    );
    return rows.map(toSubscription);
  }

  override async change(id: string, change: SubscriptionChange): Promise<Subscription | undefined> {
    const changed = Object.entries(changedColumns(change));
    if (changed.length === 0) return this.find(id);
    const sets = changed.map(([column], index) => `${column} = $${index + 2}`).join(', ');
    const rows = await this.sql.query<SubscriptionRow>(
      `update discovery.subscription set ${sets} where id = $1 returning ${COLUMNS}`,
      [id, ...changed.map(([, value]) => value)],
    );
    return rows.map(toSubscription)[0];
  }

  override async remove(id: string): Promise<boolean> {
    return UUID.test(id) && (await this.sql.execute('delete from discovery.subscription where id = $1', [id])) > 0;
  }

  override advance(id: string, from: string, to: SubscriptionProgress, told?: ToldMessages): Promise<boolean> {
    return this.sql.transaction(async (sql) => {
      const moved = await sql.execute(
        `update discovery.subscription set position = $3, acknowledged = $4, reached = $5::timestamptz,
           last_notified = coalesce($6::timestamptz, last_notified)
         where id = $1 and position = $2`,
        [id, from, to.position, to.acknowledged, to.reached.toISOString(), told?.at.toISOString() ?? null],
      );
      if (moved > 0 && told !== undefined) await remember(sql, id, told.created);
      return moved > 0;
    });
  }

  override async told(id: string, products: readonly string[]): Promise<ReadonlySet<string>> {
    if (products.length === 0) return new Set();
    const rows = await this.sql.query<{ product: string }>(
      'select product from discovery.subscription_told where subscription = $1 and product = any($2::uuid[])',
      [id, products],
    );
    return new Set(rows.map(({ product }) => product));
  }

  override async lease(holder: string, leaseMs: number): Promise<Subscription | undefined> {
    const rows = await this.sql.query<SubscriptionRow>(
      `update discovery.subscription set holder = $1, held_until = clock_timestamp() + $2 * interval '1 millisecond'
       where id = (
         select id from discovery.subscription
         where endpoint is not null and status = 'running'
           and (next_try is null or next_try <= clock_timestamp())
           and (held_until is null or held_until <= clock_timestamp())
         order by next_try nulls first, submitted limit 1 for update skip locked
       ) returning ${COLUMNS}`,
      [holder, leaseMs],
    );
    return rows.map(toSubscription)[0];
  }

  override async renew(id: string, holder: string, leaseMs: number): Promise<boolean> {
    const held = await this.sql.execute(
      `update discovery.subscription set held_until = clock_timestamp() + $3 * interval '1 millisecond'
       where id = $1 and holder = $2 and status = 'running'`,
      [id, holder, leaseMs],
    );
    return held > 0;
  }

  override async release(id: string, holder: string, outcome: PushOutcome): Promise<void> {
    await this.sql.execute(
      `update discovery.subscription set holder = null, held_until = null, failures = $3, last_error = $4,
         next_try = $5::timestamptz, status = case when status = 'running' then coalesce($6, status) else status end
       where id = $1 and holder = $2`,
      [id, holder, outcome.failures, outcome.lastError ?? null, outcome.nextTry.toISOString(), outcome.status ?? null],
    );
  }
}

async function remember(sql: Sql, id: string, created: readonly string[]): Promise<void> {
  await sql.execute(
    `delete from discovery.subscription_told where subscription = $1 and told < clock_timestamp() - interval '31 days'`,
    [id],
  );
  if (created.length === 0) return;
  await sql.execute(
    `insert into discovery.subscription_told (subscription, product) select $1, unnest($2::uuid[]) on conflict do nothing`,
    [id, created],
  );
}

type Stored = Omit<Subscription, 'endpoint'>;
type SubscriptionRow = { readonly [property in keyof Stored]: Stored[property] | null } & {
  readonly endpoint: string | null;
  readonly username: string | null;
  readonly password: string | null;
};

/** Columns without a value are properties that are not there. */
function toSubscription({ endpoint, username, password, ...row }: SubscriptionRow): Subscription {
  const present = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  if (endpoint === null) return present as unknown as Subscription;
  const target = {
    url: endpoint,
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
  };
  return { ...present, endpoint: target } as unknown as Subscription;
}

/** Only what is given; a new endpoint brings its own credentials, a new status forgets what failed before. */
function changedColumns({ endpoint, reached, ...plain }: SubscriptionChange): Readonly<Record<string, unknown>> {
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  return {
    ...given,
    ...(reached === undefined ? {} : { reached: reached.toISOString() }),
    ...(endpoint === undefined
      ? {}
      : { endpoint: endpoint.url, username: endpoint.username ?? null, password: endpoint.password ?? null }),
    ...(plain.status === undefined ? {} : { failures: 0, last_error: null, next_try: null }),
  };
}
