import { compactTime, daysBetween, later } from './demo-date.js';
import type { Place } from './geography.js';
import { SwathFrame } from './track.js';

/** Gases that are made. */
export type Gas = 'NO2' | 'CO';

/** Variable and CF standard name, amount everywhere and how much a town adds (mol m-2), and how far the wind carries it (km). */
export const GASES = {
  NO2: {
    variable: 'nitrogendioxide_tropospheric_column',
    name: 'troposphere_mole_content_of_nitrogen_dioxide',
    background: 2.6e-5,
    town: 2.4e-5,
    reach: 55,
  },
  CO: {
    variable: 'carbonmonoxide_total_column',
    name: 'atmosphere_mole_content_of_carbon_monoxide',
    background: 0.0305,
    town: 0.00035,
    reach: 140,
  },
} as const;

/** One Sentinel-5P Level 2 product to be made: a granule of five minutes. */
export interface S5pPlan {
  readonly kind: 's5p';
  readonly gas: Gas;
  readonly start: string;
  readonly centre: Place;
}

/** Everything a Sentinel-5P product is called by. */
export interface S5pNaming {
  readonly plan: S5pPlan;
  readonly start: Date;
  readonly stop: Date;
  readonly made: Date;
  readonly orbit: number;
  /** `L2__NO2___` or `L2__CO____`. */
  readonly type: string;
  /** Without `.nc`. */
  readonly name: string;
  readonly frame: SwathFrame;
}

/** How long a granule takes. */
export const GRANULE_SECONDS = 300;
/** An orbit that is known; 227 are flown in sixteen days. */
const KNOWN = { at: '2020-03-03T01:35:47Z', orbit: 12_367 };
/** Pixels of real products are 3.5 x 5.5 km (NO2) and 7 x 5.5 km (CO) below the satellite. */
const FRAME = { columns: 225, rows: 240, across: 11.5, along: 8 };

/** Names a granule as the processing facility does (Sentinel-5P product user manuals, file name convention). */
export function nameS5p(plan: S5pPlan): S5pNaming {
  const start = new Date(plan.start);
  const [stop, made] = [later(start, GRANULE_SECONDS), later(start, 7_500)];
  const orbit = KNOWN.orbit + Math.floor(daysBetween(KNOWN.at, start) * (227 / 16));
  const type = `L2__${plan.gas.padEnd(6, '_')}`;
  return {
    plan,
    start,
    stop,
    made,
    orbit,
    type,
    name: `S5P_NRTI_${type}_${compactTime(start)}_${compactTime(stop)}_${String(orbit).padStart(5, '0')}_03_020800_${compactTime(made)}`,
    frame: new SwathFrame(plan.centre, 346, FRAME),
  };
}
