import { compactTime, daysBetween, later } from './demo-date.js';
import type { Place } from './geography.js';
import { textSeed } from './noise.js';
import { Track } from './track.js';

/** One Sentinel-1 IW GRD product in VV and VH to be made. */
export interface S1Plan {
  readonly kind: 's1';
  readonly satellite: 'A' | 'C';
  readonly pass: 'ASCENDING' | 'DESCENDING';
  /** Relative orbit. */
  readonly orbit: number;
  /** First line. */
  readonly start: string;
  readonly centre: Place;
  /** Of the segment, counted from 1. */
  readonly slice: number;
}

/** Seconds and kilometres of a slice along the track, and kilometres across it. */
const SECONDS = 25;
const LENGTH = 170;
const WIDTH = 250;
/** Ground size of a pixel in kilometres; real ones have 0.01. */
export const SPACING = 0.3;

/** Where the pixels of a product lie on the ground, and when it was taken. */
export class S1Frame {
  readonly columns = Math.round(WIDTH / SPACING);
  readonly rows = Math.round(LENGTH / SPACING);
  readonly start: Date;
  readonly stop: Date;
  readonly absoluteOrbit: number;
  /** Degrees clockwise from north. */
  readonly heading: number;
  private readonly track: Track;

  constructor(readonly plan: S1Plan) {
    this.start = new Date(plan.start);
    this.stop = later(this.start, SECONDS);
    this.heading = plan.pass === 'ASCENDING' ? 347 : 193;
    this.track = new Track(plan.centre, this.heading);
    this.absoluteOrbit = absoluteOrbitOf(plan, this.start);
  }

  /** Place of a position in the image; lines follow the flight, columns go to its right. */
  place(column: number, row: number): Place {
    const along = (row - this.rows / 2) * SPACING;
    const right = (column - this.columns / 2) * SPACING;
    return this.track.place(along, right);
  }

  /** Corners: first line near and far, last line far and near; the footprint's order in manifests starts at the last line. */
  corners(): readonly [Place, Place, Place, Place] {
    const { columns, rows } = this;
    return [this.place(0, 0), this.place(columns, 0), this.place(columns, rows), this.place(0, rows)];
  }

  /** Time of an image line. */
  timeOf(row: number): Date {
    return later(this.start, (SECONDS * row) / this.rows);
  }

  /** Data take, as product names have it. */
  get datatake(): string {
    return ((this.absoluteOrbit * 8 + 0x11) & 0xffffff).toString(16).toUpperCase().padStart(6, '0');
  }

  /** Product name with `.SAFE` (S1-RS-MDA-52-7441 §4.1.1). */
  get name(): string {
    const orbit = String(this.absoluteOrbit).padStart(6, '0');
    const stem = `S1${this.plan.satellite}_IW_GRDH_1SDV_${compactTime(this.start)}_${compactTime(this.stop)}_${orbit}_${this.datatake}`;
    const unique = (textSeed(stem) & 0xffff).toString(16).toUpperCase().padStart(4, '0');
    return `${stem}_${unique}.SAFE`;
  }

  /** Name of an image and its annotation, without extension. */
  imageName(polarisation: 'vv' | 'vh'): string {
    const { plan, start, stop, absoluteOrbit } = this;
    const number = polarisation === 'vv' ? '001' : '002';
    const orbit = String(absoluteOrbit).padStart(6, '0');
    return `s1${plan.satellite}-iw-grd-${polarisation}-${compactTime(start)}-${compactTime(stop)}-${orbit}-${this.datatake}-${number}`.toLowerCase();
  }
}

const PER_CYCLE = 175;
/** An orbit of each satellite that is known; the cycle of 175 takes twelve days. */
const KNOWN = {
  A: { at: '2021-08-09T17:39:53Z', orbit: 39_156, first: 73 },
  C: { at: '2025-01-18T17:14:04Z', orbit: 638, first: 172 },
} as const;

function absoluteOrbitOf({ satellite, orbit }: S1Plan, start: Date): number {
  const { at, orbit: known, first } = KNOWN[satellite];
  const about = known + daysBetween(at, start) * (PER_CYCLE / 12);
  const offset = first + orbit - 1;
  return offset + PER_CYCLE * Math.round((about - offset) / PER_CYCLE);
}
