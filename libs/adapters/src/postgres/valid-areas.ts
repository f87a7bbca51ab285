import { createHash } from 'node:crypto';
import { InvalidError } from '#domain/errors.js';
import type { Geometry } from '#domain/geometry/geometry.js';
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
    const texts = geometries.map((geometry) => JSON.stringify(geometry));
    const unknown = texts.filter((text) => !this.valid.has(hashOf(text)));
    if (unknown.length === 0) return;
    const rows = await this.sql.query<{ reason: string }>(
      'select st_isvalidreason(st_geomfromgeojson(text)) as reason from unnest($1::text[]) as text',
      [unknown],
      signal,
    );
    const bad = rows.find(({ reason }) => reason !== 'Valid Geometry');
    if (bad !== undefined) throw new InvalidError(`The geometry is not valid: ${bad.reason}.`, { subject: 'geometry' });
    for (const text of unknown) this.valid.add(hashOf(text));
    while (this.valid.size > REMEMBERED) this.valid.delete(this.valid.values().next().value ?? '');
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
