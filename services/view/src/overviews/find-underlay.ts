import { Injectable } from '@nestjs/common';
import type { BoundingBox, Geometry } from '#domain/geometry/geometry.js';
import { OverviewIndex } from '#domain/ports/overview-index.js';
import type { PictureSource, RenderSource, ShadeSource } from '#domain/ports/raster-engine.js';
import { overviewBase, overviewLevel, overviewPixel, overviewPlaces } from '#domain/view/overview-grid.js';
import type { Rendering } from '#domain/view/rendering.js';
import { FindScenes, type SceneQuery } from '../find-scenes.js';
import type { MapRequest } from '../map-request.js';
import type { ViewLayer } from '../view-layer.js';
import { overviewKey } from './overview-file.js';

/** What a map of more scenes than its budget is drawn on. */
export interface Underlay {
  readonly kind: 'overview' | 'footprints';
  readonly sources: readonly RenderSource[];
  /** Names all of it. */
  readonly tag: string;
  /** Whether the scenes themselves are too small to be worth drawing. */
  readonly isAll: boolean;
}

/** A layer of which more scenes matched than one map takes. */
export interface CutLayer {
  readonly layer: ViewLayer;
  readonly rendering: Rendering;
  readonly query: SceneQuery;
}

/** Parts of an overview in one map. */
const MOST_PARTS = 30;
const MOST_FOOTPRINTS = 1000;
/** From here on a map is of a continent: a pixel of the finest overview, about. */
const LOW = 0.75 * overviewPixel(0);
/** Degrees a pixel spans where a scene of a degree is about 20 pixels. */
const TINY = 0.05;
const TONE = 0x4a7a9c;

/** Finds what stands for the scenes beyond the budget: the collection's overview, or where the request selects scenes, shaded footprints. */
@Injectable()
export class FindUnderlay {
  constructor(
    private readonly index: OverviewIndex,
    private readonly scenes: FindScenes,
  ) {}

  /** Undefined where a map is near enough for its scenes to fill it, or nothing is there. */
  async execute(cut: CutLayer, request: MapRequest, signal?: AbortSignal): Promise<Underlay | undefined> {
    const pixel = pixelOf(cut.query.bounds, request);
    const overview = isOfEverything(cut, request) ? await this.overview(cut, pixel) : undefined;
    if (overview || pixel < LOW) return overview;
    return this.footprints(cut, pixel, signal);
  }

  private async overview({ layer, query }: CutLayer, pixel: number): Promise<Underlay | undefined> {
    const base = overviewBase(layer.name);
    const level = Math.max(base, overviewLevel(query.bounds, pixel, MOST_PARTS));
    const parts = await this.index.find(layer.name, overviewPlaces(query.bounds, level));
    if (parts.length === 0) return undefined;
    const sources = parts.map((part): PictureSource => {
      const source = { key: overviewKey(part, part.etag), etag: part.etag };
      return { source, style: { bands: [0, 1, 2] } };
    });
    const tag = sources.map(({ source }) => source.key).join();
    return { kind: 'overview', sources, tag, isAll: pixel >= 0.75 * overviewPixel(base) };
  }

  private async footprints({ rendering, query }: CutLayer, pixel: number, signal?: AbortSignal): Promise<Underlay> {
    const { scenes } = await this.scenes.execute({ ...query, limit: MOST_FOOTPRINTS }, signal);
    const footprints = scenes.flatMap(({ product }): Geometry[] => (product.geometry ? [product.geometry] : []));
    const source: ShadeSource = { footprints, colour: toneOf(rendering) };
    const tag = scenes.map(({ product }) => `${product.uuid} ${product.updated?.getTime() ?? ''}`).join();
    return { kind: 'footprints', sources: [source], tag, isAll: pixel >= TINY };
  }
}

/** An overview shows the newest of everything in the first style: what selects otherwise has to do without. */
function isOfEverything({ layer, rendering }: CutLayer, { time, only, maxCloudCover, order }: MapRequest): boolean {
  const isSelected = time.kind !== 'default' || only !== undefined || maxCloudCover !== undefined;
  return !isSelected && rendering === layer.styles[0] && (order ?? 'newest') === 'newest';
}

/** Degrees a pixel spans, along a meridian, where scales are what they seem. */
function pixelOf([, south, , north]: BoundingBox, { height }: MapRequest): number {
  return (north - south) / height;
}

/** In the style's own tone: the colour of high values, or blue where the picture is in all colours. */
function toneOf({ formula }: Rendering): number {
  if (formula?.colouring.kind !== 'ramp') return TONE;
  const { ramp } = formula.colouring;
  return ramp[Math.floor(ramp.length * 0.75)]?.colour ?? TONE;
}
