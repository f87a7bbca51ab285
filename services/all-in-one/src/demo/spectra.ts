import type { Ground } from './landscape.js';
import { smoothStep } from './noise.js';

const { floor, max, min } = Math;

/** Bands that are painted: blue, green, red, near infrared. */
export const BANDS = ['B02', 'B03', 'B04', 'B08'] as const;

type Spectrum = readonly [number, number, number, number];

const SEA: Spectrum = [0.042, 0.034, 0.018, 0.006];
const SHALLOWS: Spectrum = [0.07, 0.09, 0.085, 0.03];
const CONIFERS: Spectrum = [0.018, 0.032, 0.021, 0.2];
const BROADLEAF: Spectrum = [0.021, 0.046, 0.026, 0.36];
const TOWN: Spectrum = [0.098, 0.105, 0.108, 0.19];
const ROCK: Spectrum = [0.11, 0.12, 0.13, 0.2];
const SNOW: Spectrum = [0.75, 0.76, 0.76, 0.7];
const MEADOW: Spectrum = [0.032, 0.072, 0.042, 0.36];
const GREEN_CROP: Spectrum = [0.03, 0.066, 0.034, 0.42];
const RIPE: Spectrum = [0.07, 0.112, 0.135, 0.29];
const SOIL: Spectrum = [0.075, 0.098, 0.125, 0.21];
const RAPESEED: Spectrum = [0.045, 0.15, 0.14, 0.42];

/** Surface reflectance of the ground in BANDS, into `pixel`. `crops` is the table of the day, `light` how bright the sun shines on the slope. */
export function paintGround(ground: Ground, crops: Float32Array, light: number, pixel: Float32Array): void {
  const { tone, forest, height, water } = ground;
  const crop = floor(ground.crop * 255) * 4;
  for (let band = 0; band < 4; band++) pixel[band] = crops[crop + band]!;
  if (forest > 0) {
    mix(pixel, CONIFERS, forest * (0.55 - 0.9 * tone));
    mix(pixel, BROADLEAF, forest * (0.45 + 0.9 * tone));
  }
  mix(pixel, TOWN, ground.town);
  if (height > 1500) mix(pixel, height > 2300 ? SNOW : ROCK, smoothStep(1500, 2000, height));
  const bright = light * (1 + 0.16 * tone);
  for (let band = 0; band < 4; band++) pixel[band]! *= bright;
  if (water === 0) return;
  mix(pixel, SEA, water);
  mix(pixel, SHALLOWS, water * min(1, ground.shallow) ** 2);
}

function mix(pixel: Float32Array, spectrum: Spectrum, share: number): void {
  const part = min(1, max(0, share));
  for (let band = 0; band < 4; band++) pixel[band]! += (spectrum[band]! - pixel[band]!) * part;
}

/** Spectra of 256 parcels on a day of the year: meadows, winter cereals, rapeseed, and maize and beets. */
export function cropTable(day: number): Float32Array {
  const table = new Float32Array(256 * 4);
  for (let parcel = 0; parcel < 256; parcel++) {
    // Neighbours ripen up to two weeks apart.
    const moment = day + ((parcel * 37) % 29) - 14;
    const pixel = table.subarray(parcel * 4, parcel * 4 + 4);
    pixel.set(parcel < 90 ? MEADOW : SOIL);
    if (parcel >= 90 && parcel < 160) {
      mix(pixel, GREEN_CROP, 1 - smoothStep(165, 190, moment));
      mix(pixel, RIPE, smoothStep(165, 195, moment) * (1 - 0.7 * smoothStep(205, 222, moment)));
    } else if (parcel >= 160 && parcel < 190) {
      mix(pixel, GREEN_CROP, 1 - smoothStep(185, 200, moment));
      mix(pixel, RAPESEED, smoothStep(112, 120, moment) * (1 - smoothStep(138, 150, moment)));
    } else if (parcel >= 190) mix(pixel, GREEN_CROP, 0.9 * smoothStep(150, 180, moment));
    const tint = 0.86 + ((parcel * 53) % 97) / 340;
    for (let band = 0; band < 4; band++) pixel[band]! *= tint;
  }
  return table;
}
