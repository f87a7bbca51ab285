/**
 * Draws 256 px tiles at random places of a COG and prints tiles per second, CPU per tile and latency, native zoom and three lower ones.
 * node dist/test/bench/render-tiles.js [file.tif] [tiles per row of the table, 200]; RASTER_WORKERS as for a service.
 */
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { FileObjectStore } from '#adapters/object-store/file-object-store.js';
import { writeCog } from '#adapters/raster/cog-writer.js';
import { coordinateTransform } from '#adapters/raster/coordinate-transform.js';
import { openRasterEngine } from '#adapters/raster/open-raster-engine.js';
import { rasterConfig } from '#adapters/raster/raster.config.js';
import { portOf } from '#domain/ports/opened-adapter.js';
import { RasterEngine, type ImageFormat, type PictureSource, type RenderRequest } from '#domain/ports/raster-engine.js';
import type { RasterInfo } from '#domain/ports/raster-source.js';

const WORLD = 2 * Math.PI * 6378137;
const CLIENTS = 8;
const SIDE = 4096;

/** Land, water and noise enough that the encoders have something to do. */
async function synthesise(file: string): Promise<void> {
  async function* strips(): AsyncGenerator<Uint8Array> {
    for (let top = 0; top < SIDE; top += 256) {
      const strip = new Uint8Array(256 * SIDE * 3);
      for (let i = 0; i < strip.length; i++) {
        const [column, row] = [Math.floor(i / 3) % SIDE, top + Math.floor(i / 3 / SIDE)];
        const field = 40 * Math.sin(column / 37 + (i % 3)) * Math.cos(row / 53) + 30 * Math.sin((column + row) / 311);
        strip[i] = 110 + field + (Math.imul(i + top * 7919, 2654435761) >>> 28);
      }
      yield strip;
    }
  }
  const place = { crs: 'EPSG:32632', origin: [500_000, 5_700_000] as const, pixelSize: [10, 10] as const };
  await writeCog(file, { width: SIDE, height: SIDE, bands: 3, sampleType: 'uint8', ...place }, strips());
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x7fffffff;
}

interface Run {
  readonly source: PictureSource;
  readonly info: RasterInfo;
  readonly format: ImageFormat;
  readonly zoom: number;
  readonly tiles: number;
}

function tilesOf({ source, info, format, zoom, tiles }: Run): RenderRequest[] {
  const forward = coordinateTransform(info.crs, 'EPSG:3857').forward;
  const [minX, minY] = forward(info.bbox[0], info.bbox[1])!;
  const [maxX, maxY] = forward(info.bbox[2], info.bbox[3])!;
  const size = WORLD / 2 ** zoom;
  const random = seeded(zoom);
  return Array.from({ length: tiles }, () => {
    const x = Math.floor((minX + random() * (maxX - minX)) / size) * size;
    const y = Math.floor((minY + random() * (maxY - minY)) / size) * size;
    const frame = { crs: 'EPSG:3857', bbox: [x, y, x + size, y + size] as const, width: 256, height: 256 };
    return { sources: [source], ...frame, format, transparent: true, background: 0xffffff, quality: 80 };
  });
}

async function measure(engine: RasterEngine, run: Run): Promise<string> {
  const waiting = tilesOf(run);
  await engine.render(waiting[0]!);
  engine.forget(run.source.source.key);
  const times: number[] = [];
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const client = async (): Promise<void> => {
    for (let tile = waiting.pop(); tile !== undefined; tile = waiting.pop()) {
      const began = performance.now();
      await engine.render(tile);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  const at = (part: number): string => times[Math.floor(times.length * part)]!.toFixed(1);
  const perTile = ((user + system) / 1000 / run.tiles).toFixed(1);
  return `| ${run.format} | ${run.zoom} | ${(run.tiles / seconds).toFixed(0)} | ${perTile} | ${at(0.5)} | ${at(0.95)} |`;
}

async function main(given: string | undefined, tiles: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'render-tiles-'));
  const file = given === undefined ? join(folder, 'synthetic.tif') : resolve(given);
  if (given === undefined) await synthesise(file);
  const { size } = await stat(file);
  const objects = await FileObjectStore.open(join(folder, 'objects'));
  const handle = await open(file);
  const { key, etag } = await objects.put(basename(file), handle.createReadStream(), { size });
  const opened = await openRasterEngine(rasterConfig.parse(process.env), objects);
  const engine = portOf(opened, RasterEngine);
  const info = await engine.describe({ key, etag });
  const stretch = info.sampleType === 'uint8' ? {} : { stretch: [0, 0, 0].map(() => ({ min: 0, max: 4000 })) };
  const source = { source: { key, etag }, style: { bands: info.bands >= 3 ? [0, 1, 2] : [0, 0, 0], ...stretch } };
  const [x0] = coordinateTransform(info.crs, 'EPSG:3857').forward(info.bbox[0], info.bbox[1])!;
  const [x1] = coordinateTransform(info.crs, 'EPSG:3857').forward(info.bbox[2], info.bbox[1])!;
  const native = Math.round(Math.log2(WORLD / 256 / ((x1 - x0) / info.width)));
  process.stdout.write(`${basename(dirname(file))}/${basename(file)}: ${info.width} x ${info.height}, ${info.crs}\n\n`);
  process.stdout.write('| format | zoom | tiles/s | CPU ms/tile | p50 ms | p95 ms |\n|---|---|---|---|---|---|\n');
  for (const format of ['image/png', 'image/jpeg'] as const) {
    for (const zoom of [native, native - 1, native - 2, native - 3]) {
      process.stdout.write(`${await measure(engine, { source, info, format, zoom, tiles })}\n`);
    }
  }
  await opened.close();
  await rm(folder, { recursive: true });
}

await main(process.argv[2], Number(process.argv[3] ?? 200));
