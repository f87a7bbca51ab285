import type { Position } from './geometry.js';
import { dropRepeats, samePlace, type Ring } from './ring.js';

/** Pieces of a path between -180° and 180°: whole rings that stay inside, and chains from one crossing of ±180° to the next. */
export interface Pieces {
  readonly rings: readonly Ring[];
  readonly chains: readonly (readonly Position[])[];
}

/** Longitudes without jumps: each step is taken the shorter way round, so a path may leave ±180°. */
export function unwrap(path: readonly Position[]): readonly Position[] {
  let turns = 0;
  return path.map((position, i) => {
    if (i > 0) turns -= turnsJumped(position[0] - path[i - 1]![0]);
    return shiftedBy(position, turns);
  });
}

/** Cuts a closed ring at the antimeridian (RFC 7946 §3.1.9); latitudes between positions are linear in longitude. */
export function cutRing(ring: Ring): Pieces {
  const path = withCrossings(unwrap(ring));
  const start = firstCut(path);
  if (start === undefined) {
    const middle = path.length > 1 ? windowOf(path[0]!, path[1]!) : 0;
    return { rings: [shifted(path, middle)], chains: [] };
  }
  const turned = [...path.slice(start), ...continued(path, start)];
  return { rings: [], chains: chainsOf(turned) };
}

/** Cuts an open path at the antimeridian. */
export function cutLine(line: readonly Position[]): readonly (readonly Position[])[] {
  return chainsOf(withCrossings(unwrap(line)));
}

function turnsJumped(step: number): number {
  return Math.abs(step) <= 180 ? 0 : Math.round(step / 360);
}

/** Moved east by whole turns. Rounded to 1e-10 degrees (10 µm), so that what comes back from another turn is on ±180° again. */
function shiftedBy(position: Position, turns: number): Position {
  if (turns === 0) return position;
  const x = Math.round((position[0] + 360 * turns) * 1e10) / 1e10;
  return position[2] === undefined ? [x, position[1]] : [x, position[1], position[2]];
}

/** Inserts a position wherever a segment strictly crosses 180° + k·360°. */
function withCrossings(path: readonly Position[]): readonly Position[] {
  return dropRepeats(path.flatMap((to, i) => (i === 0 ? [to] : [...crossings(path[i - 1]!, to), to])));
}

function crossings(from: Position, to: Position): readonly Position[] {
  const low = Math.min(from[0], to[0]);
  const high = Math.max(from[0], to[0]);
  const meridian = 180 + 360 * Math.floor((low - 180) / 360 + 1);
  if (meridian <= low || meridian >= high) return [];
  const share = (meridian - from[0]) / (to[0] - from[0]);
  return [[meridian, from[1] + share * (to[1] - from[1])]];
}

/** Which turn of the world a segment lies in; undefined where it runs along the antimeridian itself. */
function turnOf(from: Position, to: Position): number | undefined {
  return onMeridian(from) && from[0] === to[0] ? undefined : windowOf(from, to);
}

function windowOf(from: Position, to: Position): number {
  return Math.floor(((from[0] + to[0]) / 2 + 180) / 360);
}

function onMeridian(position: Position): boolean {
  return (position[0] - 180) % 360 === 0;
}

/** Index of a position at which the ring enters another turn or the antimeridian; undefined where it never does. */
function firstCut(path: readonly Position[]): number | undefined {
  for (let i = 1; i < path.length; i++) {
    const turn = turnOf(path[i - 1]!, path[i]!);
    if (turn === undefined) return i;
    if (i > 1 && turn !== turnOf(path[i - 2]!, path[i - 1]!)) return i - 1;
  }
  const [first, second] = path;
  if (first === undefined || second === undefined || !onMeridian(first)) return undefined;
  const offset = Math.round((path.at(-1)![0] - first[0]) / 360);
  return turnOf(first, second)! + offset === turnOf(path.at(-2)!, path.at(-1)!) ? undefined : 0;
}

/** The head of the ring as it goes on after the last position (a ring round a pole has gained a turn by then). */
function continued(path: readonly Position[], start: number): readonly Position[] {
  const gained = Math.round((path.at(-1)![0] - path[0]![0]) / 360);
  return path.slice(1, start + 1).map((position) => shiftedBy(position, gained));
}

function chainsOf(path: readonly Position[]): readonly (readonly Position[])[] {
  const chains: Position[][] = [];
  let current: number | undefined;
  for (let i = 1; i < path.length; i++) {
    const turn = turnOf(path[i - 1]!, path[i]!);
    // A chain ends also where it only touches the antimeridian: an edge along it would run through that position.
    if (turn !== undefined && (turn !== current || onMeridian(path[i - 1]!)))
      chains.push([...shifted([path[i - 1]!], turn)]);
    if (turn !== undefined) chains.at(-1)!.push(...shifted([path[i]!], turn));
    current = turn;
  }
  return chains.filter((chain) => chain.length > 1 && !chain.every((position) => samePlace(position, chain[0])));
}

function shifted(path: readonly Position[], turn: number): readonly Position[] {
  return turn === 0 ? path : path.map((position) => shiftedBy(position, -turn));
}
