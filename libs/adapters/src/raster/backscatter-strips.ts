import { InvalidError } from '#domain/errors.js';
import type { PictureGrid, SarImage as SarSource } from '#domain/ports/browse-maker.js';
import type { CogSpec } from './cog-spec.js';
import { gcpGrid } from './gcp-grid.js';
import { gcpMesh, meshSpacing, type GcpMesh } from './gcp-mesh.js';
import { readGeoTags } from './gcp-tags.js';
import { MeshPositions, type GridBlock, type ImagePositions } from './mesh-positions.js';
import { SarImage } from './sar-image.js';
import { roundPrecision } from './value-precision.js';

/** Cells of a block that is gridded at once, each way. */
const BLOCK = 256;
/** A grid turned against the image needs about twice its cells; more is a lie of the control points. */
const MOST_CELLS = 8;

/** A polarisation on its grid: how its COG is written, and its rows. */
export interface Backscatter {
  readonly spec: CogSpec;
  readonly strips: AsyncIterable<Float32Array>;
}

/** Grids a detected image through its control points: backscatter (sigma nought, as power) of the nearest pixel, or of the nearest mean of so many pixels as come near to `resolution` metres. Memory grows with the width alone. Throws InvalidError. */
export async function gridBackscatter(
  source: SarSource,
  { resolution, signal }: { readonly resolution: number; readonly signal?: AbortSignal | undefined },
): Promise<Backscatter> {
  const tags = await readGeoTags(source.file);
  const mesh = gcpMesh(gcpGrid(tags.tiepoints), tags);
  const looks = Math.max(1, Math.round(resolution / meshSpacing(mesh)));
  const grid = gridOf(mesh, Number((looks * meshSpacing(mesh)).toPrecision(2)));
  if (grid.width * grid.height > (MOST_CELLS * tags.width * tags.height) / looks ** 2 + BLOCK ** 2) {
    throw new InvalidError('The ground control points of the TIFF lie too far apart for its size');
  }
  const positions = new MeshPositions(mesh, grid);
  const spec: CogSpec = { ...grid, bands: 1, sampleType: 'float32', nodata: Number.NaN };
  return { spec, strips: strips({ source, grid, positions, looks, signal }) };
}

/** Whole pixels from the system's origin, so that neighbouring scenes share one grid. */
function gridOf({ crs, x, y }: GcpMesh, size: number): PictureGrid {
  const [left, right] = [Math.floor(least(x) / size), Math.ceil(most(x) / size)];
  const [bottom, top] = [Math.floor(least(y) / size), Math.ceil(most(y) / size)];
  const origin = [left * size, top * size] as const;
  return { crs, origin, pixelSize: [size, size], width: right - left, height: top - bottom };
}

const least = (values: Float64Array): number => values.reduce((low, value) => Math.min(low, value), Infinity);
const most = (values: Float64Array): number => values.reduce((high, value) => Math.max(high, value), -Infinity);

interface Work {
  readonly source: SarSource;
  readonly grid: PictureGrid;
  readonly positions: MeshPositions;
  readonly looks: number;
  readonly signal: AbortSignal | undefined;
}

async function* strips(work: Work): AsyncGenerator<Float32Array> {
  const { width, height } = work.grid;
  const image = await SarImage.open(work.source.file);
  try {
    for (let top = 0; top < height; top += BLOCK) {
      const rows = Math.min(BLOCK, height - top);
      const strip = new Float32Array(width * rows).fill(Number.NaN);
      for (let left = 0; left < width; left += BLOCK) {
        work.signal?.throwIfAborted();
        const block = { left, top, width: Math.min(BLOCK, width - left), height: rows };
        await fillBlock(image, work, { block, strip });
      }
      roundPrecision(strip);
      yield strip;
    }
  } finally {
    await image.close();
  }
}

async function fillBlock(
  image: SarImage,
  { source, grid, positions, looks }: Work,
  { block, strip }: { block: GridBlock; strip: Float32Array },
): Promise<void> {
  const cells = block.width * block.height;
  const places = { columns: new Float64Array(cells), rows: new Float64Array(cells) };
  positions.locate(block, places);
  const window = windowOf(places, image, looks);
  if (window === undefined) return;
  const powers = await image.backscatter(window, looks, source.calibration);
  for (let at = 0; at < cells; at++) {
    const column = Math.floor(places.columns[at]! / looks) - window.left;
    const row = Math.floor(places.rows[at]! / looks) - window.top;
    // No comparison holds for NaN: not of this image.
    if (!(column >= 0 && column < window.width && row >= 0 && row < window.height)) continue;
    const x = block.left + (at % block.width);
    strip[Math.floor(at / block.width) * grid.width + x] = powers[row * window.width + column]!;
  }
}

/** The part of the image a block needs, in means of `looks` pixels each way. */
function windowOf({ columns, rows }: ImagePositions, { level }: SarImage, looks: number): GridBlock | undefined {
  const [left, right] = span(columns, level.width, looks);
  const [top, bottom] = span(rows, level.height, looks);
  return right < left || bottom < top ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function span(places: Float64Array, size: number, looks: number): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const place of places) {
    if (place < low) low = place;
    if (place > high) high = place;
  }
  return [Math.max(0, Math.floor(low / looks)), Math.min(Math.ceil(size / looks) - 1, Math.floor(high / looks))];
}
