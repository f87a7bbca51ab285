import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CoverageFile, CoverageRequest, SourceBands } from '#domain/ports/coverage-request.js';
import type { MosaicFile, MosaicRequest } from '#domain/ports/raster-engine.js';
import { allocateSamples, COG_BLOCK, type CogSpec, type Samples } from './cog-spec.js';
import type { Renderer } from './renderer.js';
import { writeCog } from './cog-writer.js';

/**
 * Writes a coverage as a tiled, deflated GeoTIFF into a temporary file, a row of blocks in memory at a time: a fault on the way is an error and no
 * half answer, and a client that reads slowly holds a file and no memory.
 */
export async function writeCoverage(
  renderer: Pick<Renderer, 'strip'>,
  request: CoverageRequest,
  signal?: AbortSignal,
): Promise<CoverageFile> {
  return writeFile((file) =>
    writeCog(file, specOf(request), strips(renderer, request, signal), { signal, overviews: false }),
  );
}

/** Writes a mosaic, with overviews, into a temporary file. */
export async function writeMosaic(
  renderer: Pick<Renderer, 'paint'>,
  request: MosaicRequest,
  signal?: AbortSignal,
): Promise<MosaicFile> {
  const { samples, drawn, leftOut } = await renderer.paint(request, signal);
  const { width, height, bbox, crs } = request;
  const place = { crs, origin: [bbox[0], bbox[3]], pixelSize: [(bbox[2] - bbox[0]) / width, (bbox[3] - bbox[1]) / height] } as const; // prettier-ignore
  const spec: CogSpec = { width, height, bands: 3, sampleType: 'uint8', ...place, nodata: 0 };
  const file = await writeFile((to) => writeCog(to, spec, once(samples), { signal }));
  return { ...file, drawn, leftOut };
}

async function* once(samples: Samples): AsyncGenerator<Samples> {
  yield samples;
}

async function writeFile(write: (file: string) => Promise<void>): Promise<CoverageFile> {
  const folder = await mkdtemp(join(tmpdir(), 'frombork-coverage-'));
  const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const file = join(folder, 'coverage.tif');
    await write(file);
    const { size } = await stat(file);
    return { size, discard, bytes: () => readOnce(file, discard) };
  } catch (error) {
    await discard();
    throw error;
  }
}

function specOf({ width, height, bbox, crs, sources, sampleType, nodata }: CoverageRequest): CogSpec {
  return {
    width,
    height,
    bands: sources.reduce((sum, { bands }) => sum + bands.length, 0),
    sampleType,
    crs,
    origin: [bbox[0], bbox[3]],
    pixelSize: [(bbox[2] - bbox[0]) / width, (bbox[3] - bbox[1]) / height],
    ...(nodata === undefined ? {} : { nodata }),
  };
}

async function* strips(
  renderer: Pick<Renderer, 'strip'>,
  request: CoverageRequest,
  signal?: AbortSignal,
): AsyncGenerator<Samples> {
  const { sources, crs, bbox, width, height, resampling, sampleType, nodata = 0 } = request;
  for (let from = 0; from < height; from += COG_BLOCK) {
    const rows = { from, count: Math.min(COG_BLOCK, height - from) };
    const common = { target: { crs, bbox, width, height }, rows, resampling, sampleType, fill: nodata };
    const parts: { samples: Samples; bands: number }[] = [];
    for (const source of sources) {
      const read = async (one: SourceBands): Promise<Samples> =>
        (await renderer.strip({ ...common, ...one }, signal)).samples;
      parts.push({ samples: await stacked(source, nodata, read), bands: source.bands.length });
    }
    yield parts.length === 1 ? parts[0]!.samples : interleave(parts, request, width * rows.count);
  }
}

/** What is on top, and what is under it where it is empty; nothing more is read once nothing is. */
async function stacked(
  { under = [], ...top }: CoverageRequest['sources'][number],
  nodata: number,
  read: (source: SourceBands) => Promise<Samples>,
): Promise<Samples> {
  const samples = await read(top);
  for (const below of under) {
    if (!hasEmpty(samples, nodata)) break;
    fillEmpty(samples, await read(below), nodata);
  }
  return samples;
}

function isEmptyAs(nodata: number): (sample: number) => boolean {
  return Number.isNaN(nodata) ? Number.isNaN : (sample) => sample === nodata;
}

function hasEmpty(samples: Samples, nodata: number): boolean {
  return samples.some(isEmptyAs(nodata));
}

/** Puts what is below where there is nothing, sample by sample. */
function fillEmpty(samples: Samples, below: Samples, nodata: number): void {
  const isEmpty = isEmptyAs(nodata);
  for (let i = 0; i < samples.length; i++) if (isEmpty(samples[i]!)) samples[i] = below[i]!;
}

function interleave(
  parts: readonly { samples: Samples; bands: number }[],
  { sampleType }: CoverageRequest,
  pixels: number,
): Samples {
  const all = parts.reduce((sum, { bands }) => sum + bands, 0);
  const out = allocateSamples(sampleType, pixels * all);
  let first = 0;
  for (const { samples, bands } of parts) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let band = 0; band < bands; band++) out[pixel * all + first + band] = samples[pixel * bands + band]!;
    }
    first += bands;
  }
  return out;
}

async function* readOnce(file: string, discard: () => Promise<void>): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file);
  } finally {
    await discard();
  }
}
