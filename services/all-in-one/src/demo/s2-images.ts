import type { DecodedSamples, Jp2Codec } from '#adapters/raster/jp2-codec.js';
import { writeJp2 } from '#adapters/raster/jp2-writer.js';
import { writeXml } from '#protocols/xml/write-xml.js';
import type { Scene } from './s2-scene.js';
import { gridCoverage } from './s2-grid-coverage.js';
import { TILE_METRES, type S2Tile } from './s2-tile.js';

const { floor, min, round } = Math;

/** An image to be written: `ratio` makes it lossy. */
export interface Image {
  readonly size: number;
  readonly components: 1 | 3;
  readonly bits: number;
  readonly samples: DecodedSamples;
  readonly ratio?: number;
}

/** Added to reflectances x 10000 since baseline 04.00 (PSD 14.9: RADIO_ADD_OFFSET, BOA_ADD_OFFSET with the sign turned). */
export const OFFSET = 1000;
/** What the air adds to blue, green, red and infrared light, and how much of the ground's light it lets through. */
const HAZE = [0.066, 0.04, 0.022, 0.009];
const CLEARNESS = 0.86;
/** Reflectance that is white in true-colour images. */
const WHITE = { '1C': 0.26, '2A': 0.2 };

/** The scene as the satellite saw it: through the air. */
export function throughTheAir(scene: Scene): Scene {
  const bands = scene.bands.map((band, index) => band.map((value) => HAZE[index]! + CLEARNESS * value));
  return { ...scene, bands };
}

/** Digital numbers of one band (0 of BANDS is blue). */
export function bandImage({ size, bands }: Scene, band: number): Image {
  const values = bands[band]!;
  const samples = new Uint16Array(size * size);
  for (let at = 0; at < samples.length; at++) samples[at] = min(32_767, round(values[at]! * 10_000) + OFFSET);
  return { size, components: 1, bits: 15, samples };
}

/** True colours, 8 bit; no pixel is 0, which would be nodata. */
export function trueColour({ size, bands: [blue, green, red] }: Scene, level: '1C' | '2A'): Image {
  const samples = new Uint8Array(size * size * 3);
  const white = WHITE[level];
  for (let at = 0; at < size * size; at++) {
    samples[3 * at] = toByte(red![at]! / white);
    samples[3 * at + 1] = toByte(green![at]! / white);
    samples[3 * at + 2] = toByte(blue![at]! / white);
  }
  return { size, components: 3, bits: 8, samples, ratio: 9 };
}

const toByte = (share: number): number => 1 + 254 * min(1, share) ** 0.9;

/** The scene with half as many pixels a side; classes are taken, not averaged. */
export function halved(scene: Scene): Scene {
  const size = scene.size >> 1;
  const { size: across } = scene;
  const bands = scene.bands.map((band) => {
    const half = new Float32Array(size * size);
    for (let row = 0, at = 0; row < size; row++) {
      for (let from = 2 * row * across, end = from + 2 * size; from < end; from += 2) {
        half[at++] = (band[from]! + band[from + 1]! + band[from + across]! + band[from + across + 1]!) / 4;
      }
    }
    return half;
  });
  const classes = new Uint8Array(size * size);
  for (let at = 0; at < classes.length; at++)
    classes[at] = scene.classes[2 * floor(at / size) * across + 2 * (at % size)]!;
  return { size, bands, classes };
}

/** The scene in 320 m pixels as previews have, nearest neighbour. */
export function scaled(scene: Scene, size: number): Scene {
  const step = (320 * scene.size) / TILE_METRES;
  const pick = <T extends Float32Array | Uint8Array>(from: T, to: T): T => {
    for (let at = 0; at < to.length; at++) {
      const [column, row] = [at % size, floor(at / size)];
      to[at] = from[floor((row + 0.5) * step) * scene.size + floor((column + 0.5) * step)]!;
    }
    return to;
  };
  const bands = scene.bands.map((band) => pick(band, new Float32Array(size * size)));
  return { size, bands, classes: pick(scene.classes, new Uint8Array(size * size)) };
}

/** Share of the pixels in each class of the scene classification, in percent. */
export function classShares({ classes }: Scene): (...wanted: readonly number[]) => number {
  const counts = Array.from({ length: 12 }, () => 0);
  for (const value of classes) counts[value]!++;
  return (...wanted) => (100 * wanted.reduce((sum, value) => sum + counts[value]!, 0)) / classes.length;
}

/** Where an image is written, and the ground it shows. */
export interface ImagePlace {
  readonly path: string;
  readonly tile: S2Tile;
}

/** Writes an image as one JPEG 2000 tile that says where it lies, as those of Sentinel-2 do. */
export async function writeImage({ path, tile }: ImagePlace, image: Image, codec: Jp2Codec): Promise<void> {
  const { size, components, bits, samples, ratio } = image;
  const gml = writeXml(gridCoverage(tile, size));
  const picture = { width: size, height: size, components, bits, gml, read: () => samples };
  await writeJp2(path, picture, codec, { tile: 2048, ...(ratio === undefined ? {} : { ratio }) });
}
