import type { BrowsePlan } from '#domain/ports/browse-maker.js';
import { InvalidError } from '#domain/errors.js';
import type { BrowseSettings, Drawing } from './browse-drawing.js';
import { gcpGrid, gcpSwath } from './gcp-grid.js';
import { readGeoTags } from './gcp-tags.js';
import { drawGrid, stretchValues } from './swath-drawing.js';
import { gridSwath } from './swath-grid.js';
import { sharp } from './picture-formats.js';

const MAX_SIDE = 65_500;
/** Uncalibrated amplitudes of Sentinel-1 GRD in dB: calm water is near 28, fields near 40, towns above 55. */
const AMPLITUDE_DB: readonly [number, number] = [26, 58];

/** Grids a SAR amplitude image to CRS:84 through its ground control points, in dB over one range for all scenes, so that a mosaic of them has no steps; amplitude 0 is nodata. */
export async function drawGcpTiff(
  plan: Extract<BrowsePlan, { kind: 'gcp-tiff' }>,
  settings: BrowseSettings,
): Promise<Drawing> {
  const tags = await readGeoTags(plan.file);
  const { width, height, bands, bits, sampleFormat, tiepoints } = tags;
  if (bands !== 1 || bits !== 16 || sampleFormat !== 1) {
    throw new InvalidError(
      `The SAR image is not of detected amplitudes (16 bit unsigned): ${bands} band(s) of ${bits} bit, format ${sampleFormat}`,
    );
  }
  if (width > MAX_SIDE || height > MAX_SIDE)
    throw new InvalidError(`The SAR image of ${width} x ${height} pixels is larger than is drawn`);
  const points = gcpGrid(tiepoints);
  const factor = Math.max(1, Math.ceil(Math.max(width, height) / settings.maxSide));
  const size = { columns: Math.ceil(width / factor), rows: Math.ceil(height / factor) };
  const pixels = drawAmplitudes(await readAmplitudes(plan.file, size));
  settings.signal?.throwIfAborted();
  return drawGrid(gridSwath(gcpSwath(points, tags, size), settings.maxSide), { bands: 1, samples: pixels });
}

function drawAmplitudes(amplitudes: Uint16Array): Uint8Array {
  const decibels = new Float32Array(amplitudes.length);
  for (let i = 0; i < decibels.length; i++)
    decibels[i] = amplitudes[i] === 0 ? Number.NaN : 20 * Math.log10(amplitudes[i]!);
  return stretchValues(decibels, AMPLITUDE_DB);
}

/** The image averaged down to `size`, read row by row (libvips holds some rows only). */
async function readAmplitudes(file: string, size: { columns: number; rows: number }): Promise<Uint16Array> {
  const name = file.slice(file.lastIndexOf('/') + 1);
  try {
    const bytes = await sharp(file, { limitInputPixels: MAX_SIDE ** 2, sequentialRead: true })
      .resize({ width: size.columns, height: size.rows, fit: 'fill', kernel: 'linear' })
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer();
    return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
  } catch (cause) {
    throw new InvalidError(`The SAR image ${name} cannot be read: ${(cause as Error).message}`, {
      subject: name,
      cause,
    });
  }
}
