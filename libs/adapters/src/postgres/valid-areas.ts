import { createHash } from 'node:crypto';
import { InvalidError } from '#domain/errors.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import { geometryBytes } from './geometry-bytes.js';
import type { Sql } from './sql.js';

/** How many areas found valid are remembered: a walk asks for the same one with every page. */
const REMEMBERED = 1_000;

/** Lets the database find out whether polygons cross themselves, once for each. */
export class ValidAreas {
  private readonly sql: Sql;
  private readonly valid = new Set<string>();

  constructor(sql: Sql) {
    this.sql = sql;
  }

  /** Throws InvalidError for the first that does. ST_IsValidReason tells without the exceptions an invalid polygon would raise later. */
  async require(geometries: readonly Geometry[], signal: AbortSignal | undefined): Promise<void> {
    const areas = geometries.map((geometry) => {
      const bytes = geometryBytes(geometry);
      return { bytes, hash: hashOf(bytes) };
    });
    const unknown = areas.filter(({ hash }) => !this.valid.has(hash));
    if (unknown.length === 0) return;
    const rows = await this.sql.query<{ reason: string }>(
      'select st_isvalidreason(bytes::geometry) as reason from unnest($1::bytea[]) as bytes',
      [unknown.map(({ bytes }) => bytes)],
      signal,
    );
    const bad = rows.find(({ reason }) => reason !== 'Valid Geometry');
    if (bad !== undefined) throw new InvalidError(`The geometry is not valid: ${bad.reason}.`, { subject: 'geometry' });
    for (const { hash } of unknown) this.valid.add(hash);
    while (this.valid.size > REMEMBERED) this.valid.delete(this.valid.values().next().value ?? '');
  }
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64');
}
