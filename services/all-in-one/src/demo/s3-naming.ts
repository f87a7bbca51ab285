import { compactTime, daysBetween, later } from './demo-date.js';
import type { Place } from './geography.js';
import { SwathFrame } from './track.js';

/** One Sentinel-3 frame to be made: OLCI Level 1 radiances or SLSTR land surface temperatures. */
export interface S3Plan {
  readonly kind: 's3';
  readonly type: 'OL_1_EFR___' | 'SL_2_LST___';
  readonly satellite: 'A' | 'B';
  readonly start: string;
  readonly centre: Place;
}

/** Everything a Sentinel-3 product is called by. */
export interface S3Naming {
  readonly plan: S3Plan;
  readonly start: Date;
  readonly stop: Date;
  readonly made: Date;
  readonly cycle: number;
  readonly relativeOrbit: number;
  readonly absoluteOrbit: number;
  /** With `.SEN3`. */
  readonly name: string;
  readonly frame: SwathFrame;
}

const SECONDS = 179;
const PER_CYCLE = 385;
const CYCLE_DAYS = 27;
/** A pass that is known of each satellite: cycle and relative orbit at a time, and the absolute orbit. */
const KNOWN = {
  A: { at: '2021-05-10T00:29:54Z', cycle: 71, orbit: 301, absolute: 27_303 },
  B: { at: '2021-05-10T00:00:00Z', cycle: 52, orbit: 110, absolute: 15_900 },
} as const;
/** Pixels of real frames are 0.3 km (OLCI) and 1 km (SLSTR). */
const FRAMES = {
  OL_1_EFR___: { columns: 390, rows: 370, across: 3.2, along: 3.2 },
  SL_2_LST___: { columns: 370, rows: 300, across: 4, along: 4 },
} as const;

/** Names a frame by the Sentinel-3 file naming convention (GMES-S3GS-EUM-SW-SPC-0002 §4). */
export function nameS3(plan: S3Plan): S3Naming {
  const start = new Date(plan.start);
  const [stop, made] = [later(start, SECONDS), later(start, 9_000)];
  const known = KNOWN[plan.satellite];
  const orbits = Math.floor(daysBetween(known.at, start) * (PER_CYCLE / CYCLE_DAYS));
  const count = known.orbit - 1 + orbits;
  const cycle = known.cycle + Math.floor(count / PER_CYCLE);
  const relativeOrbit = (count % PER_CYCLE) + 1;
  const digits = (value: number, length: number): string => String(value).padStart(length, '0');
  const instance = `${digits(SECONDS, 4)}_${digits(cycle, 3)}_${digits(relativeOrbit, 3)}_1980`;
  const centre = plan.type.startsWith('OL') ? 'PS1' : 'PS2';
  return {
    plan,
    start,
    stop,
    made,
    cycle,
    relativeOrbit,
    absoluteOrbit: known.absolute + orbits,
    name: `S3${plan.satellite}_${plan.type}_${compactTime(start)}_${compactTime(stop)}_${compactTime(made)}_${instance}_${centre}_O_NR_004.SEN3`,
    frame: new SwathFrame(plan.centre, 194, FRAMES[plan.type]),
  };
}
