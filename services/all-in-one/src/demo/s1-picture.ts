import type { GcpPoint } from '#adapters/raster/gcp-tiff-writer.js';
import { bareGround, type Ground, type Landscape } from './landscape.js';
import { randomNumbers, textSeed } from './noise.js';
import { SPACING, type S1Frame } from './s1-frame.js';

const { floor, max, min, round } = Math;

/** Amplitudes of both polarisations, row by row. */
export interface S1Amplitudes {
  readonly vv: Uint16Array;
  readonly vh: Uint16Array;
}

/** Digital number of a backscatter (sigma nought) of 1; the calibration annotation says the same. */
export const CALIBRATION = 474;

/** Looks at the frame with radar: dark water, bright towns, forests between, slopes to the sensor bright, speckle over all. */
export function paintAmplitudes(frame: S1Frame, landscape: Landscape): S1Amplitudes {
  const { columns, rows } = frame;
  const amplitudes = { vv: new Uint16Array(columns * rows), vh: new Uint16Array(columns * rows) };
  const random = randomNumbers(textSeed(frame.name));
  const ground = bareGround();
  for (let row = 0, at = 0; row < rows; row++) {
    let nearer = Number.NaN;
    for (let column = 0; column < columns; column++, at++) {
      const [longitude, latitude] = frame.place(column + 0.5, row + 0.5);
      landscape.look(longitude, latitude, SPACING, ground);
      const slope = Number.isNaN(nearer) ? 0 : (ground.height - nearer) / (SPACING * 1000);
      nearer = ground.height;
      const tilt = 10 * max(-0.35, min(0.35, slope));
      amplitudes.vv[at] = amplitude(copolarised(ground) + tilt, random);
      amplitudes.vh[at] = amplitude(crosspolarised(ground) + tilt, random);
    }
  }
  return amplitudes;
}

function copolarised({ water, forest, town, crop, tone }: Ground): number {
  const field = -13 + 5 * crop + 1.5 * tone;
  const land = blend(blend(field, -8.5 + tone, forest), -4 + 4 * tone, town);
  return blend(land, -20 + 3 * tone, water);
}

function crosspolarised({ water, forest, town, crop, tone }: Ground): number {
  const field = -20.5 + 4 * crop + tone;
  const land = blend(blend(field, -13.5 + tone, forest), -9 + 4 * tone, town);
  return blend(land, -28 + tone, water);
}

const blend = (from: number, to: number, share: number): number => from + (to - from) * share;

/** Digital number of a backscatter in dB, with the speckle of some twenty looks. */
function amplitude(decibels: number, random: () => number): number {
  const speckle = 1 + 0.28 * (random() + random() + random() - 1.5);
  return max(1, round(CALIBRATION * 10 ** (decibels / 20) * speckle));
}

/** Ground control points as GRD products have them: a grid of 10 lines of 21. */
export function controlPoints(frame: S1Frame): readonly GcpPoint[] {
  const { columns, rows } = frame;
  return Array.from({ length: 210 }, (_, i) => {
    const column = round(((columns - 1) * (i % 21)) / 20);
    const row = round(((rows - 1) * floor(i / 21)) / 9);
    const [longitude, latitude] = frame.place(column, row);
    return { column, row, longitude, latitude, height: 100 };
  });
}
