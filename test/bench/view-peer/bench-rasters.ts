import { join } from 'node:path';
import { writeCog } from '#adapters/raster/cog-writer.js';
import type { BenchScene } from './our-view.js';

const STRIP = 256;
const METRES = 10;

/** A COG as ingest makes browse images: red, green, blue, 10 m, EPSG:32632; land, water and noise enough that the coders have something to do. */
export async function benchRaster(
  folder: string,
  { name, layer, side, origin }: { name: string; layer: string; side: number; origin: readonly [number, number] },
): Promise<BenchScene> {
  async function* strips(): AsyncGenerator<Uint8Array> {
    for (let top = 0; top < side; top += STRIP) {
      const rows = Math.min(STRIP, side - top);
      yield strip({ side, rows, left: origin[0] / METRES, top: top - origin[1] / METRES });
    }
  }
  const file = join(folder, `${name}.tif`);
  const place = { crs: 'EPSG:32632', origin, pixelSize: [METRES, METRES] as const };
  await writeCog(file, { width: side, height: side, bands: 3, sampleType: 'uint8', ...place, nodata: 0 }, strips());
  const span = side * METRES;
  return { file, layer, bbox: [origin[0], origin[1] - span, origin[0] + span, origin[1]] };
}

function strip({ side, rows, left, top }: { side: number; rows: number; left: number; top: number }): Uint8Array {
  const out = new Uint8Array(rows * side * 3);
  for (let y = 0, at = 0; y < rows; y++) {
    const row = top + y;
    const down = Math.cos(row / 53);
    for (let x = 0; x < side; x++) {
      const column = left + x;
      const long = 30 * Math.sin((column + row) / 311);
      for (let band = 0; band < 3; band++, at++) {
        const noise = (Math.imul(at + row * 7919, 2_654_435_761) >>> 28) - 8;
        out[at] = 110 + 40 * Math.sin(column / 37 + band) * down + long + noise;
      }
    }
  }
  return out;
}
