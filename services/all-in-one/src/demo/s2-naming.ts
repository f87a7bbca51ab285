import { compactTime, daysBetween, later } from './demo-date.js';
import { s2Tile, type S2Tile } from './s2-tile.js';

/** One Sentinel-2 product to be made. */
export interface S2Plan {
  readonly kind: 's2';
  readonly level: '1C' | '2A';
  readonly satellite: 'A' | 'B' | 'C';
  readonly tile: string;
  /** Relative orbit. */
  readonly orbit: number;
  /** Start of the datatake. */
  readonly start: string;
}

/** Processing baseline of everything made; from 04.00 on reflectances are offset by 1000 and checksums are SHA3-256. */
export const BASELINE = '05.11';

/** Everything a Sentinel-2 product is called by. */
export interface S2Naming {
  readonly plan: S2Plan;
  readonly tile: S2Tile;
  readonly start: Date;
  readonly sensed: Date;
  readonly made: Date;
  /** With `.SAFE`. */
  readonly name: string;
  readonly spacecraft: string;
  readonly absoluteOrbit: number;
  readonly datatake: string;
  /** Folder of the granule, and the beginning of the names of its images. */
  readonly granule: string;
  readonly stem: string;
  readonly datastrip: string;
}

/** Names a product as the Sentinel-2 PSD (compact naming, §3.4) does. */
export function nameS2(plan: S2Plan): S2Naming {
  const { level, satellite, orbit } = plan;
  const tile = s2Tile(plan.tile);
  const start = new Date(plan.start);
  const made = later(start, level === '1C' ? 8_920 : 14_460);
  const absoluteOrbit = absoluteOrbitOf(plan, start);
  const number = String(absoluteOrbit).padStart(6, '0');
  const spacecraft = `S2${satellite}`;
  const scanned = later(start, 4);
  return {
    plan,
    tile,
    start,
    // Rows of tiles further south are seen later: 100 km take 15 s.
    sensed: later(start, 15 + (6_100_000 - tile.north) / 6_700),
    made,
    name: `${spacecraft}_MSIL${level}_${compactTime(start)}_N${BASELINE.replace('.', '')}_R${String(orbit).padStart(3, '0')}_T${tile.name}_${compactTime(made)}.SAFE`,
    spacecraft,
    absoluteOrbit,
    datatake: `G${spacecraft}_${compactTime(start)}_${number}_N${BASELINE}`,
    granule: `L${level}_T${tile.name}_A${number}_${compactTime(scanned)}`,
    stem: `T${tile.name}_${compactTime(start)}`,
    datastrip: `2BPS_${compactTime(made)}_S${compactTime(scanned)}`,
  };
}

const PER_CYCLE = 143;
/** An orbit of each satellite that is known: its date, number and place in the cycle of 143 orbits in ten days. */
const KNOWN = {
  A: { at: '2023-06-25T23:46:21Z', orbit: 41_826, relative: 73 },
  B: { at: '2023-08-23T09:55:59Z', orbit: 33_753, relative: 122 },
  C: { at: '2025-03-01T10:19:51Z', orbit: 2_543, relative: 65 },
} as const;

function absoluteOrbitOf({ satellite, orbit }: S2Plan, start: Date): number {
  const known = KNOWN[satellite];
  const about = known.orbit + daysBetween(known.at, start) * (PER_CYCLE / 10);
  const offset = known.orbit + orbit - known.relative;
  return offset + PER_CYCLE * Math.round((about - offset) / PER_CYCLE);
}
