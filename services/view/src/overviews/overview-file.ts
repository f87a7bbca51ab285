import { createHash } from 'node:crypto';
import type { OverviewPart } from '#domain/ports/overview-index.js';

const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._=+-]*$/;

/** The folder of a part's objects. */
export function overviewFolder({ collection, level, column, row }: OverviewPart): string {
  const name = PLAIN.test(collection) ? collection : createHash('sha256').update(collection).digest('hex').slice(0, 32);
  return `overviews/${name}/${level}/${column}-${row}/`;
}

/** The key of a part's raster: each time it is built it gets another one, so that readers of the one before are not disturbed. */
export function overviewKey(part: OverviewPart, etag: string): string {
  return `${overviewFolder(part)}${etag}.tif`;
}
