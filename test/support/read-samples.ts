import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A TIFF as GDAL reads it: size, type and place of its samples. */
export interface ReadSamples {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  /** `Byte`, `UInt16`, `Float32`. */
  readonly type: string;
  /** x of the left edge, width of a pixel, 0, y of the upper edge, 0, minus the height of a pixel. */
  readonly geoTransform: readonly number[];
  pixel(x: number, y: number): readonly number[];
}

interface Info {
  readonly size: readonly [number, number];
  readonly geoTransform: readonly number[];
  readonly bands: readonly { readonly type: string }[];
}

/** Reads a TIFF of any type. */
export async function readSamples(bytes: Uint8Array): Promise<ReadSamples> {
  const folder = await mkdtemp(join(tmpdir(), 'frombork-samples-'));
  try {
    const [tiff, raw] = [join(folder, 'samples.tif'), join(folder, 'samples.bin')];
    await writeFile(tiff, bytes);
    const { stdout } = await run('gdalinfo', ['-json', tiff]);
    const { size, bands, geoTransform } = JSON.parse(stdout) as Info;
    await run('gdal_translate', ['-q', '-of', 'ENVI', '-co', 'INTERLEAVE=BIP', '-ot', 'Float32', tiff, raw]);
    const buffer = await readFile(raw);
    const [width, height] = size;
    const pixel = (x: number, y: number): readonly number[] =>
      bands.map((_, band) => buffer.readFloatLE(((y * width + x) * bands.length + band) * 4));
    return { width, height, bands: bands.length, type: bands[0]!.type, geoTransform, pixel };
  } finally {
    await rm(folder, { recursive: true });
  }
}
