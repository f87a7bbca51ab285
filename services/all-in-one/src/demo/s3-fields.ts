import { dayOfYear } from './demo-date.js';
import { bareGround, type Landscape } from './landscape.js';
import type { S3Naming } from './s3-naming.js';
import { cropTable, paintGround } from './spectra.js';
import type { Weather } from './weather.js';

const { cos, min, round } = Math;

/** OLCI bands that are made, the sun's irradiance in them (mW m-2 nm-1), and what the air adds to the reflectance. */
export const OLCI_BANDS = [
  { name: 'Oa04', irradiance: 1_940, wavelength: 490, painted: 0, haze: 0.085 },
  { name: 'Oa06', irradiance: 1_800, wavelength: 560, painted: 1, haze: 0.05 },
  { name: 'Oa08', irradiance: 1_530, wavelength: 665, painted: 2, haze: 0.026 },
  { name: 'Oa17', irradiance: 960, wavelength: 865, painted: 3, haze: 0.012 },
] as const;

/** Counts per mW m-2 sr-1 nm-1 are 1 / this. */
export const RADIANCE_SCALE = 0.0139;
/** Land surface temperatures are stored as (K - offset) / scale. */
export const LST_SCALE = 0.002;
export const LST_OFFSET = 290;
export const LST_FILL = -32_768;

/** Solar irradiance of every band (21) and detector, and which detector saw a pixel: here that of its column. */
export function detectors({ frame }: S3Naming): { readonly flux: Float32Array; readonly index: Int16Array } {
  const { columns, rows } = frame.size;
  const flux = new Float32Array(21 * columns);
  for (const { name, irradiance } of OLCI_BANDS) {
    const band = Number(name.slice(2)) - 1;
    flux.fill(irradiance, band * columns, (band + 1) * columns);
  }
  return { flux, index: Int16Array.from({ length: columns * rows }, (_, i) => i % columns) };
}

/** Positions of a frame's pixels in millionths of a degree, as OLCI stores them. */
export function positions({ frame }: S3Naming): { readonly latitude: Int32Array; readonly longitude: Int32Array } {
  const count = frame.size.columns * frame.size.rows;
  const [latitude, longitude] = [new Int32Array(count), new Int32Array(count)];
  frame.forEach((place, at) => {
    longitude[at] = round(place[0] * 1e6);
    latitude[at] = round(place[1] * 1e6);
  });
  return { latitude, longitude };
}

/** Radiances at the top of the atmosphere, in counts, per OLCI band; and how many pixels are bright. */
export function radiances(
  naming: S3Naming,
  landscape: Landscape,
  weather: Weather,
): { readonly bands: readonly Uint16Array[]; readonly bright: number } {
  const { columns, rows, across } = naming.frame.size;
  const bands = OLCI_BANDS.map(() => new Uint16Array(columns * rows));
  const crops = cropTable(dayOfYear(naming.start));
  const [ground, pixel, sum] = [bareGround(), new Float32Array(4), new Float32Array(4)];
  let bright = 0;
  naming.frame.forEach(([longitude, latitude], at) => {
    sum.fill(0);
    for (const [east, north] of CORNERS) {
      landscape.look(longitude + east * across, latitude + north * across, across, ground);
      paintGround(ground, crops, 1, pixel);
      for (let band = 0; band < 4; band++) sum[band]! += pixel[band]! / CORNERS.length;
    }
    const cloud = weather.cloud(longitude, latitude);
    if (cloud > 0.4) bright++;
    OLCI_BANDS.forEach(({ irradiance, painted, haze }, band) => {
      const reflectance = haze + 0.86 * (sum[painted]! * (1 - cloud) + (0.35 + 0.3 * cloud) * cloud);
      bands[band]![at] = min(65_534, (reflectance * irradiance * SUN) / Math.PI / RADIANCE_SCALE);
    });
  });
  return { bands, bright: bright / (columns * rows) };
}

/** Cosine of the sun's zenith angle in the middle of a summer morning. */
const SUN = 0.78;
/** The angle itself, in millionths of a degree, as OLCI stores it. */
export const SUN_ZENITH = round((Math.acos(SUN) * 180e6) / Math.PI);
/** Where a coarse pixel is looked at, in degrees per kilometre of its size. */
const CORNERS = [
  [-0.0035, -0.0022],
  [0.0035, -0.0022],
  [-0.0035, 0.0022],
  [0.0035, 0.0022],
] as const;

/** Shares of land and cloud, and land surface temperatures in counts; water and cloud have none. */
export interface Temperatures {
  readonly counts: Int16Array;
  readonly land: number;
  readonly cloudy: number;
}

/** Warmer in the south, in towns and over ripe fields, cooler in forests and on mountains. */
export function temperatures(naming: S3Naming, landscape: Landscape, weather: Weather): Temperatures {
  const { columns, rows, across } = naming.frame.size;
  const counts = new Int16Array(columns * rows).fill(LST_FILL);
  const ground = bareGround();
  let [land, cloudy] = [0, 0];
  // Around midsummer it is warmest.
  const season = 304 - 6 * (1 - cos(((dayOfYear(naming.start) - 200) / 365) * 2 * Math.PI));
  naming.frame.forEach(([longitude, latitude], at) => {
    landscape.look(longitude, latitude, across, ground);
    const isCloudy = weather.cloud(longitude, latitude) > 0.35;
    if (isCloudy) cloudy++;
    if (ground.water > 0.5) return;
    land++;
    if (isCloudy) return;
    const { height, forest, town, crop, tone } = ground;
    const kelvin = season - 0.7 * (latitude - 50) - 0.0065 * height - 5 * forest + 4 * town + 3 * crop + tone;
    counts[at] = round((kelvin - LST_OFFSET) / LST_SCALE);
  });
  return { counts, land: land / counts.length, cloudy: cloudy / counts.length };
}
