import { Injectable } from '@nestjs/common';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TooLargeError } from '#domain/errors.js';
import type { CoverageFile } from '#domain/ports/coverage-request.js';
import { EngineBusyError, RasterEngine, type Picture } from '#domain/ports/raster-engine.js';
import { channelsOf } from '#domain/view/formula.js';
import { ServiceLog } from '#platform/log.js';
import type { SampleDepth } from '#protocols/sentinelhub/instance-format.js';
import type { InstanceMapRequest } from '#protocols/sentinelhub/instance-map-request.js';
import type { Scene } from '../find-scenes.js';
import { OpenScene } from '../open-scene.js';
import { ClipRows } from './clip-rows.js';
import type { InstanceLayer } from './instance.js';
import { SampleStrip } from './sample-strip.js';
import { sampleBytes, writeSamplesHeader, type SamplesTiff } from './samples-tiff.js';
import { sceneSampler, type SceneSampler } from './scene-sampler.js';

/** Samples asked of a layer, and the scenes they come from, bottom to top. */
export interface SamplesRequest {
  readonly request: InstanceMapRequest;
  readonly layer: InstanceLayer;
  readonly depth: SampleDepth;
  readonly scenes: readonly Scene[];
}

/** A TIFF to send, and the scenes that had data. */
export interface DrawnSamples {
  readonly file: CoverageFile;
  readonly drawn: readonly Scene[];
}

/** Samples of all bands of a scene in memory at once. */
const STRIP_SAMPLES = 1 << 21;

/** Computes a layer's values on a grid, scene by scene from the top until every pixel has some, strip by strip into a temporary file. */
@Injectable()
export class DrawSamples {
  constructor(
    private readonly scenes: OpenScene,
    private readonly engine: RasterEngine,
    private readonly log: ServiceLog,
  ) {}

  /** Throws TooLargeError beyond the largest coverage, and as the engine does. */
  async execute(asked: SamplesRequest, signal?: AbortSignal): Promise<DrawnSamples> {
    const tiff = tiffOf(asked);
    const { width, height, bands } = tiff;
    if (width * height * bands > this.engine.maxCoverageSamples) {
      throw new TooLargeError(`An answer has at most ${this.engine.maxCoverageSamples} samples.`, { subject: 'WIDTH' });
    }
    const header = writeSamplesHeader(tiff);
    const samplers = await this.open(asked, signal);
    const folder = await mkdtemp(join(tmpdir(), 'frombork-samples-'));
    const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
    const path = join(folder, 'samples.tif');
    try {
      const drawn = new Set<Scene>();
      const file = await open(path, 'w');
      try {
        await file.write(header);
        const take = async (bytes: Uint8Array): Promise<void> => void (await file.write(bytes));
        await this.fill(take, { asked, tiff, samplers, drawn }, signal);
      } finally {
        await file.close();
      }
      const size = header.length + sampleBytes(tiff);
      return { file: { size, discard, bytes: () => readOnce(path, discard) }, drawn: [...drawn] };
    } catch (error) {
      await discard();
      throw error;
    }
  }

  /** The same as a picture: the layer's colours, nothing where there is none or the area ends. */
  async picture(
    asked: SamplesRequest,
    signal?: AbortSignal,
  ): Promise<{ readonly picture: Picture; readonly drawn: readonly Scene[] }> {
    const tiff = tiffOf({ ...asked, request: { ...asked.request, transparent: true } });
    const { width, height, bands } = tiff;
    const pixels = new Uint8Array(width * height * 4);
    let at = 0;
    const take = (bytes: Uint8Array): void => {
      for (let from = 0; from < bytes.length; from += bands, at += 4) {
        for (let band = 0; band < 3; band++) pixels[at + band] = bytes[from + (bands < 4 ? 0 : band)]!;
        pixels[at + 3] = bytes[from + bands - 1]!;
      }
    };
    const drawn = new Set<Scene>();
    await this.fill(take, { asked, tiff, samplers: await this.open(asked, signal), drawn }, signal);
    return { picture: { width, height, pixels }, drawn: [...drawn] };
  }

  private async fill(take: TakeBytes, work: Work, signal?: AbortSignal): Promise<void> {
    const { asked, tiff, samplers } = work;
    const widest = Math.max(1, ...samplers.map(({ sampler }) => sampler.bands.length));
    const most = Math.max(1, Math.floor(STRIP_SAMPLES / (tiff.width * widest)));
    const { clip } = asked.request;
    const clipping = clip && new ClipRows(clip, tiff);
    const inside = new Uint8Array(tiff.width);
    for (let from = 0; from < tiff.height; from += most) {
      const rows = Math.min(most, tiff.height - from);
      const strip = new SampleStrip({ ...tiff, rows, channels: tiff.bands - (tiff.hasMask ? 1 : 0) });
      for (let row = 0; clipping && row < rows; row++) {
        clipping.row(from + row, inside);
        strip.clip(row, inside);
      }
      await this.sample(strip, { from, rows }, work, signal);
      await take(strip.bytes());
    }
  }

  private async sample(
    strip: SampleStrip,
    { from, rows }: { readonly from: number; readonly rows: number },
    { tiff, samplers, drawn, asked }: Work,
    signal?: AbortSignal,
  ): Promise<void> {
    const { crs, width, height, bbox } = tiff;
    const step = (bbox[3] - bbox[1]) / height;
    const box = [bbox[0], bbox[3] - (from + rows) * step, bbox[2], bbox[3] - from * step] as const;
    const { resampling } = asked.request;
    for (const { scene, sampler } of samplers) {
      if (strip.isFull) return;
      const planes = await this.planes(
        scene,
        { bands: sampler.bands, crs, bbox: box, width, height: rows, resampling },
        signal,
      );
      for (let row = 0; planes !== undefined && row < rows; row++) {
        const bands = planes.map((plane) => plane.subarray(row * width, (row + 1) * width));
        if (strip.take(row, sampler.row(bands, width))) drawn.add(scene);
      }
    }
  }

  private async planes(
    scene: Scene,
    request: Parameters<RasterEngine['sample']>[0],
    signal?: AbortSignal,
  ): Promise<readonly Float32Array[] | undefined> {
    try {
      return (await this.engine.sample(request, signal)).planes;
    } catch (error) {
      return this.leaveOut(scene, error, signal);
    }
  }

  /** Top first. Scenes that cannot be opened are left out and logged, as in maps. */
  private async open(
    { scenes, layer, request }: SamplesRequest,
    signal?: AbortSignal,
  ): Promise<readonly OpenedScene[]> {
    const opened = await Promise.all(
      scenes.toReversed().map(async (scene): Promise<OpenedScene | undefined> => {
        try {
          const source = await this.scenes.execute(scene.drawing, signal);
          return { scene, sampler: sceneSampler(source, layer.channels, request.width) };
        } catch (error) {
          return this.leaveOut(scene, error, signal);
        }
      }),
    );
    return opened.filter((one) => one !== undefined);
  }

  private leaveOut({ product }: Scene, error: unknown, signal?: AbortSignal): undefined {
    signal?.throwIfAborted();
    if (error instanceof EngineBusyError) throw error;
    this.log.warn({ err: error, product: product.id }, 'product cannot be read');
    return undefined;
  }
}

/** Takes the samples of rows, one after the other. */
type TakeBytes = (bytes: Uint8Array) => void | Promise<void>;

interface OpenedScene {
  readonly scene: Scene;
  readonly sampler: SceneSampler;
}

interface Work {
  readonly asked: SamplesRequest;
  readonly tiff: SamplesTiff;
  readonly samplers: readonly OpenedScene[];
  readonly drawn: Set<Scene>;
}

/** TRANSPARENT, or a script that returns the data mask, adds a band that is full where there are values. */
function tiffOf({ request, layer, depth }: SamplesRequest): SamplesTiff {
  const { width, height, crs, bbox, transparent, evalscript } = request;
  const hasMask = transparent || evalscript?.hasMask === true;
  return { width, height, crs, bbox, depth, hasMask, bands: channelCount(layer) + (hasMask ? 1 : 0) };
}

function channelCount({ channels, rendering }: InstanceLayer): number {
  const colouring = rendering.formula?.colouring;
  if (channels !== undefined) return channels.length;
  return colouring === undefined || colouring.kind === 'ramp' || colouring.kind === 'classes'
    ? 3
    : channelsOf(colouring).length;
}

async function* readOnce(path: string, discard: () => Promise<void>): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path);
  } finally {
    await discard();
  }
}
