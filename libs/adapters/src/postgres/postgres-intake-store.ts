import { NotFoundError } from '#domain/errors.js';
import type { Intake, IntakeState } from '#domain/intake/intake.js';
import { IntakeStore, type IntakeChange } from '#domain/ports/intake-store.js';
import type { Sql } from './sql.js';

const COLUMNS = {
  id: 'id',
  name: 'name',
  source: 'source',
  state: 'state',
  path: 'path',
  holder: 'holder',
  collection: 'collection',
  productId: 'product_id',
  step: 'step',
  progress: 'progress',
  reason: 'reason',
  requestId: 'request_id',
  created: 'created',
  updated: 'updated',
} as const satisfies Record<keyof Intake, string>;

const CHANGEABLE = [
  'state',
  'collection',
  'productId',
  'step',
  'progress',
  'reason',
  'path',
] as const satisfies (keyof IntakeChange)[];

const SELECT = `select ${Object.entries(COLUMNS)
  .map(([property, column]) => `${column} as "${property}"`)
  .join(', ')} from acquisition.intake`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Intakes in `acquisition.intake`; `created` and `updated` are the database's clock, to the millisecond. */
export class PostgresIntakeStore extends IntakeStore {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    super();
    this.sql = sql;
  }

  override async create(
    intake: Pick<Intake, 'id' | 'name' | 'source' | 'path' | 'holder' | 'requestId' | 'state'>,
  ): Promise<Intake> {
    const { id, name, source, path, holder, state, requestId } = intake;
    const [times] = await this.sql.query<Pick<Intake, 'created' | 'updated'>>(
      `insert into acquisition.intake (id, name, source, path, holder, state, request_id)
       values ($1, $2, $3, $4, $5, $6, $7) returning created, updated`,
      [id, name, source, path, holder, state, requestId ?? null],
    );
    if (times === undefined) throw new Error('an insert returned no row');
    return { ...intake, ...times };
  }

  /** Throws NotFoundError for an unknown intake. */
  override async update(id: string, change: IntakeChange): Promise<void> {
    const changed = CHANGEABLE.filter((property) => change[property] !== undefined);
    const sets = changed.map((property, index) => `${COLUMNS[property]} = $${index + 2}, `).join('');
    const count = await this.sql.execute(
      `update acquisition.intake set ${sets}updated = date_trunc('milliseconds', clock_timestamp()) where id = $1`,
      [id, ...changed.map((property) => change[property])],
    );
    if (count === 0) throw new NotFoundError(`There is no intake ${id}.`, { subject: id });
  }

  override async find(id: string): Promise<Intake | undefined> {
    // Ids come from addresses: what is no UUID is no intake.
    if (!UUID.test(id)) return undefined;
    const [row] = await this.sql.query<IntakeRow>(`${SELECT} where id = $1`, [id]);
    return row && toIntake(row);
  }

  override async list(filter: { state?: IntakeState; limit: number; before?: Date }): Promise<readonly Intake[]> {
    const rows = await this.sql.query<IntakeRow>(
      `${SELECT} where ($1::text is null or state = $1) and ($2::timestamptz is null or created < $2)
       order by created desc, id limit $3`,
      [filter.state ?? null, filter.before ?? null, filter.limit],
    );
    return rows.map(toIntake);
  }

  override async unfinished(holder: string): Promise<readonly Intake[]> {
    const rows = await this.sql.query<IntakeRow>(
      `${SELECT} where holder = $1 and state in ('receiving', 'received', 'published') order by created, id`,
      [holder],
    );
    return rows.map(toIntake);
  }
}

type IntakeRow = { readonly [property in keyof Intake]: Intake[property] | null };

/** Columns without a value are properties that are not there. */
function toIntake(row: IntakeRow): Intake {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as Intake;
}
