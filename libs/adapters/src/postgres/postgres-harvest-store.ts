import type { Harvest, HarvestCounts, HarvestOrder, HarvestState } from '#domain/harvest/harvest.js';
import { HarvestStore, type HarvestEnd, type HarvestLease } from '#domain/ports/harvest-store.js';
import type { Sql } from './sql.js';

const COUNTERS = {
  read: 'read',
  created: 'created_products',
  modified: 'modified',
  unchanged: 'unchanged',
  kept: 'kept',
  removed: 'removed',
  failed: 'failed',
} as const satisfies Record<keyof HarvestCounts, string>;

const COLUMNS = `id, kind, source, filter, "interval", response_handler as "responseHandler", state, position, error, failures, due,
  created, updated, finished, json_build_object(${Object.entries(COUNTERS)
    .map(([name, column]) => `'${name}', ${column}`)
    .join(', ')}) as counts`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const OURS = `id = $1 and state = 'running' and holder = $2`;
const LEASE = `make_interval(secs => $3::double precision / 1000)`;

/** Harvests in `discovery.harvest`; leases are told by the database's clock. */
export class PostgresHarvestStore extends HarvestStore {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    super();
    this.sql = sql;
  }

  override async create(order: HarvestOrder): Promise<Harvest> {
    const [row] = await this.sql.query<HarvestRow>(
      `insert into discovery.harvest (id, kind, source, filter, "interval", response_handler)
       values ($1, $2, $3, $4::jsonb, $5, $6) returning ${COLUMNS}`,
      [
        order.id,
        order.kind,
        order.source,
        JSON.stringify(order.filter),
        order.interval ?? null,
        order.responseHandler ?? null,
      ],
    );
    if (row === undefined) throw new Error('an insert returned no row');
    return toHarvest(row);
  }

  override async find(id: string): Promise<Harvest | undefined> {
    if (!UUID.test(id)) return undefined;
    const [row] = await this.sql.query<HarvestRow>(`select ${COLUMNS} from discovery.harvest where id = $1`, [id]);
    return row && toHarvest(row);
  }

  override async list(filter: { state?: HarvestState; limit: number; before?: Date }): Promise<readonly Harvest[]> {
    const rows = await this.sql.query<HarvestRow>(
      `select ${COLUMNS} from discovery.harvest
       where ($1::text is null or state = $1) and ($2::timestamptz is null or created < $2)
       order by created desc, id limit $3`,
      [filter.state ?? null, filter.before ?? null, filter.limit],
    );
    return rows.map(toHarvest);
  }

  /** SKIP LOCKED: many may look at once, each takes another one. */
  override async claim({ holder, leaseMs }: HarvestLease): Promise<Harvest | undefined> {
    const anew = Object.values(COUNTERS).map((column) => `${column} = case when h.begun then h.${column} else 0 end`);
    const [row] = await this.sql.query<HarvestRow>(
      `update discovery.harvest h set state = 'running', holder = $1, begun = true, ${anew.join(', ')},
         leased_until = clock_timestamp() + make_interval(secs => $2::double precision / 1000), updated = clock_timestamp()
       where id = (
         select id from discovery.harvest
         where (state = 'waiting' and due <= clock_timestamp()) or (state = 'running' and leased_until <= clock_timestamp())
         order by due limit 1 for update skip locked
       ) returning ${COLUMNS}`,
      [holder, leaseMs],
    );
    return row && toHarvest(row);
  }

  override async renew(id: string, { holder, leaseMs }: HarvestLease): Promise<boolean> {
    const count = await this.sql.execute(
      `update discovery.harvest set leased_until = clock_timestamp() + ${LEASE} where ${OURS}`,
      [id, holder, leaseMs],
    );
    return count > 0;
  }

  override async advance(
    id: string,
    { holder, leaseMs }: HarvestLease,
    { position, counts }: { position: string; counts: HarvestCounts },
  ): Promise<boolean> {
    const names = Object.keys(COUNTERS) as (keyof HarvestCounts)[];
    const added = names.map((name, at) => `${COUNTERS[name]} = ${COUNTERS[name]} + $${at + 5}`);
    const count = await this.sql.execute(
      `update discovery.harvest set position = $4, failures = 0, error = null, ${added.join(', ')},
         leased_until = clock_timestamp() + ${LEASE}, updated = clock_timestamp() where ${OURS}`,
      [id, holder, leaseMs, position, ...names.map((name) => counts[name])],
    );
    return count > 0;
  }

  override async finish(id: string, holder: string, end: HarvestEnd): Promise<boolean> {
    const count = await this.sql.execute(
      `update discovery.harvest set state = $3, due = $4, failures = $5, error = $6, position = coalesce($7, position),
         begun = begun and not $8::boolean, finished = case when $8::boolean then clock_timestamp() else finished end,
         holder = null, leased_until = null, updated = clock_timestamp() where ${OURS}`,
      [id, holder, end.state, end.due, end.failures, end.error ?? null, end.position ?? null, end.finished],
    );
    return count > 0;
  }

  override async cancel(id: string): Promise<Harvest | undefined> {
    if (!UUID.test(id)) return undefined;
    await this.sql.execute(
      `update discovery.harvest set state = 'cancelled', holder = null, leased_until = null, updated = clock_timestamp()
       where id = $1 and state in ('waiting', 'running')`,
      [id],
    );
    return this.find(id);
  }
}

type HarvestRow = { readonly [property in keyof Harvest]: Harvest[property] | null };

/** Columns without a value are properties that are not there. */
function toHarvest(row: HarvestRow): Harvest {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as Harvest;
}
