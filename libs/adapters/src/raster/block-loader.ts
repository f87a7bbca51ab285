import { InvalidError } from '#domain/errors.js';
import { blockMemory, decodeBlock, type BlockSamples } from './block-decode.js';
import type { OpenRaster } from './open-raster.js';
import type { BlockShape, RasterLevel } from './raster-level.js';

/** Gaps up to this are read rather than asked for separately. */
const MERGE_GAP = 16_384;
const MERGE_BYTES = 4 << 20;
const READS_AT_ONCE = 6;

/** One block of a level: its column, row and, where bands are apart, band. */
export interface BlockPlace {
  readonly column: number;
  readonly row: number;
  readonly band: number;
}

/** Takes the samples of a block; undefined for blocks never written. */
export type TakeBlock = (place: BlockPlace, samples: BlockSamples | undefined, shape: BlockShape) => void;

/** Blocks wanted of one level; `name` tells the level from the others of its raster. */
export interface BlockRequest {
  readonly raster: Pick<OpenRaster, 'id' | 'read'>;
  readonly level: RasterLevel;
  readonly name: string;
  readonly places: readonly BlockPlace[];
}

/** Where decoded blocks are kept; they are read at once where they are found. */
export interface BlockCache {
  get(key: string): BlockSamples | undefined;
  set(key: string, samples: BlockSamples, bytes: number): void;
}

interface Wanted {
  readonly place: BlockPlace;
  readonly key: string;
  readonly offset: number;
  readonly length: number;
}

/** Reads and decodes blocks, near byte ranges in one read, through one cache; what several requests want at the same time is decoded once. */
export class BlockLoader {
  readonly #pending = new Map<string, Promise<BlockSamples>>();

  constructor(private readonly cache: BlockCache) {}

  /** Hands every block to `take` as it becomes ready. Throws InvalidError for damaged blocks; aborting stops further reads. */
  async load(request: BlockRequest, take: TakeBlock, signal?: AbortSignal): Promise<void> {
    const { level } = request;
    const missing: Wanted[] = [];
    const waiting: Promise<void>[] = [];
    for (const wanted of request.places.map((place) => want(request, place))) {
      const shape = shapeOf(level, wanted.place);
      const cached = this.cache.get(wanted.key);
      const pending = this.#pending.get(wanted.key);
      if (wanted.length === 0) take(wanted.place, undefined, shape);
      else if (cached !== undefined) take(wanted.place, cached, shape);
      else if (pending === undefined) missing.push(wanted);
      else waiting.push(this.#join(pending, wanted, { request, take, signal }));
    }
    const reads = mergeRanges(missing);
    const lanes = Array.from({ length: Math.min(READS_AT_ONCE, reads.length) }, async () => {
      for (let run = reads.shift(); run !== undefined; run = reads.shift()) {
        await this.#readRun(run, { request, take, signal });
      }
    });
    await allDone([...waiting, ...lanes], reads);
  }

  /** Another request is decoding the block; if it gives up, this one reads it itself. */
  async #join(pending: Promise<BlockSamples>, wanted: Wanted, to: Delivery): Promise<void> {
    const samples = await pending.catch(() => undefined);
    to.signal?.throwIfAborted();
    if (samples === undefined) return this.#readRun([wanted], to);
    to.take(wanted.place, samples, shapeOf(to.request.level, wanted.place));
  }

  async #readRun(run: readonly Wanted[], to: Delivery): Promise<void> {
    const { request, signal } = to;
    signal?.throwIfAborted();
    const start = run[0]!.offset;
    const end = Math.max(...run.map(({ offset, length }) => offset + length));
    const bytes = request.raster.read(start, end - start, signal);
    const decoding = run.map((wanted) => this.#decode(bytes, wanted, { start, level: request.level }));
    for (const [index, wanted] of run.entries()) {
      const samples = await decoding[index]!;
      signal?.throwIfAborted();
      to.take(wanted.place, samples, shapeOf(request.level, wanted.place));
    }
  }

  #decode(
    bytes: Promise<Uint8Array<ArrayBuffer>>,
    { key, offset, length, place }: Wanted,
    { start, level }: { start: number; level: RasterLevel },
  ): Promise<BlockSamples> {
    const decode = async (): Promise<BlockSamples> => {
      const all = await bytes;
      if (all.length < offset - start + length) {
        throw new InvalidError(`A block of the raster lies at ${offset}, past the end`);
      }
      const shape = shapeOf(level, place);
      const samples = await decodeBlock(all.subarray(offset - start, offset - start + length), level, shape);
      this.cache.set(key, samples, blockMemory(level, shape) + 200);
      return samples;
    };
    const decoded = decode().finally(() => this.#pending.delete(key));
    decoded.catch(() => undefined);
    this.#pending.set(key, decoded);
    return decoded;
  }
}

interface Delivery {
  readonly request: BlockRequest;
  readonly take: TakeBlock;
  readonly signal: AbortSignal | undefined;
}

/** Waits for everything to settle before the first failure is thrown, so that nothing writes to a window given up. */
async function allDone(work: readonly Promise<void>[], queue: unknown[]): Promise<void> {
  const guarded = work.map((one) =>
    one.catch((error: unknown) => {
      queue.length = 0;
      throw error;
    }),
  );
  const failed = (await Promise.allSettled(guarded)).find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** No coding makes a block this much larger than its samples. */
const WORST_CODING = 2;
const CODING_OVERHEAD = 1 << 16;

function want({ raster, level, name }: BlockRequest, place: BlockPlace): Wanted {
  const index = (place.band * level.down + place.row) * level.across + place.column;
  const [offset, length] = [level.offsets[index]!, level.counts[index]!];
  const most = WORST_CODING * blockMemory(level, shapeOf(level, place)) + CODING_OVERHEAD;
  if (!Number.isSafeInteger(offset + length) || length > most) {
    throw new InvalidError(`A block of the raster announces ${length} bytes`);
  }
  return { place, key: `${raster.id}\n${name}\n${index}`, offset, length: offset === 0 ? 0 : length };
}

/** The samples a block really has: the last strip is short, tiles are always full. */
function shapeOf(level: RasterLevel, { row }: BlockPlace): BlockShape {
  const rows = level.tiled ? level.blockHeight : Math.min(level.blockHeight, level.height - row * level.blockHeight);
  return { width: level.blockWidth, height: rows, bands: level.planar ? 1 : level.bands };
}

function mergeRanges(wanted: Wanted[]): Wanted[][] {
  const runs: Wanted[][] = [];
  let start = 0;
  let end = -1;
  for (const one of wanted.toSorted((a, b) => a.offset - b.offset)) {
    const last = runs.at(-1);
    const reach = Math.max(end, one.offset + one.length);
    if (last !== undefined && one.offset - end <= MERGE_GAP && reach - start <= MERGE_BYTES) {
      last.push(one);
      end = reach;
    } else {
      runs.push([one]);
      start = one.offset;
      end = one.offset + one.length;
    }
  }
  return runs;
}
