import type { Sql } from './sql.js';

/** Searches run so many statements side by side. */
const SESSIONS = 4;

/** Plans for every partition and index, and reads nothing. */
const PLANNED = `explain select * from catalogue.product p
  where st_intersects(p.footprint, 'SRID=4326;POINT(0 0)'::geometry) order by p.acquired_from desc, p.collection desc, p.id desc limit 1`;

/** Lets some sessions, `most` at most, learn what the catalogue is made of before somebody waits for it: it takes each of them a tenth of a second. Never throws. */
export async function warmSessions(sql: Sql, most: number): Promise<void> {
  const sessions = Array.from({ length: Math.min(SESSIONS, most) }, () => sql.query(PLANNED));
  await Promise.allSettled(sessions);
}
