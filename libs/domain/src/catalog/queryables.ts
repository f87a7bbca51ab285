import type { ProtocolNames, Queryable, QueryableRow } from './queryable.js';
import { GRID_QUERYABLES, RADAR_QUERYABLES, SATELLITE_QUERYABLES } from './queryables-of-acquisition.js';
import { EARTH_OBSERVATION_QUERYABLES } from './queryables-of-processing.js';
import { CORE_QUERYABLES } from './queryables-of-products.js';

export type { ProtocolNames, Queryable, QueryableType } from './queryable.js';

const make =
  (core: boolean) =>
  (row: QueryableRow): Queryable => {
    const [name, type, title, names, unit] = row;
    return unit === undefined ? { name, type, core, title, names } : { name, type, core, title, names, unit };
  };

/** The vocabulary: every queryable of every door, as data. */
export const QUERYABLES: readonly Queryable[] = [
  ...CORE_QUERYABLES.map(make(true)),
  ...[...EARTH_OBSERVATION_QUERYABLES, ...SATELLITE_QUERYABLES, ...RADAR_QUERYABLES, ...GRID_QUERYABLES].map(
    make(false),
  ),
];

const BY_NAME = new Map(QUERYABLES.map((queryable) => [queryable.name, queryable]));

/** The queryable of that name in the vocabulary, or undefined. */
export function findQueryable(name: string): Queryable | undefined {
  return BY_NAME.get(name);
}

/** A protocol's table from its own name (exact case) to the queryable. */
export function queryablesOf(protocol: keyof ProtocolNames): ReadonlyMap<string, Queryable> {
  const entries = QUERYABLES.flatMap((queryable) => {
    const name = queryable.names[protocol];
    return name === undefined ? [] : [[name, queryable] as const];
  });
  return new Map(entries);
}
