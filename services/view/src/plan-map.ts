import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import type { Rendering } from '#domain/view/rendering.js';
import { resolveTime } from '#protocols/wms/resolve-time.js';
import { WmsError } from '#protocols/wms/wms-error.js';
import { digestOf } from './memory/digest-of.js';
import type { Scene, SceneQuery } from './find-scenes.js';
import { ListLayers } from './list-layers.js';
import type { MapLayer, MapRequest } from './map-request.js';
import { FindUnderlay, type CutLayer, type Underlay } from './overviews/find-underlay.js';
import { RecallScenes } from './recall-scenes.js';
import { styleOf, type ViewLayer } from './view-layer.js';
import { MAP_CONFIG, type MapConfig } from './view.config.js';

/** A map decided on and not drawn yet: its tag, what was put in the place of the asked time, and what it is drawn from. */
export interface PlannedMap {
  /** Quoted; the same for the same request and the same scenes. */
  readonly etag: string;
  readonly warnings: readonly string[];
  /** Bottom to top. */
  readonly scenes: readonly Scene[];
  /** True where more scenes matched than one map takes. */
  readonly isCut: boolean;
  /** Whether scenes of a layer asked for tell their cloud cover. */
  readonly hasCloudCover: boolean;
  /** What stands for the others, under the scenes. */
  readonly underlays: readonly Underlay[];
}

/** Where and when a map is of: what decides its scenes. */
export type MapPlace = Pick<
  MapRequest,
  'layers' | 'formula' | 'crs' | 'bbox' | 'time' | 'order' | 'maxCloudCover' | 'only'
>;

interface ChosenLayer {
  readonly layer: ViewLayer;
  readonly rendering: Rendering;
  readonly asked: MapLayer;
}

/** Decides what a map is drawn from, within the budget of scenes; cheap enough to answer 304 by it. */
@Injectable()
export class PlanMap {
  constructor(
    private readonly layers: ListLayers,
    private readonly scenes: RecallScenes,
    private readonly systems: CoordinateSystems,
    private readonly engine: RasterEngine,
    private readonly underlays: FindUnderlay,
    @Inject(MAP_CONFIG) private readonly config: MapConfig,
  ) {}

  /** Throws WmsError for layers, styles and systems there are not. */
  async execute(request: MapRequest, signal?: AbortSignal): Promise<PlannedMap> {
    const found = await this.findAll(request, signal);
    const layers = await Promise.all(found.map((one) => this.withUnderlay(one, request, signal)));
    const scenes = layers.flatMap((one) => one.scenes);
    const underlays = layers.flatMap(({ underlay }) => (underlay ? [underlay] : []));
    return { etag: tagOf(request, scenes, underlays), scenes, underlays, ...summaryOf(layers) };
  }

  /** The scenes of a place alone. Throws as `execute` does. */
  async find(place: MapPlace, signal?: AbortSignal): Promise<Omit<PlannedMap, 'etag' | 'underlays'>> {
    const layers = await this.findAll(place, signal);
    return { scenes: layers.flatMap(({ scenes }) => scenes), ...summaryOf(layers) };
  }

  private async findAll(place: MapPlace, signal?: AbortSignal): Promise<readonly FoundLayer[]> {
    if (!this.engine.supports(place.crs)) {
      throw new WmsError(`CRS ${place.crs} is not served.`, 'InvalidCRS', 'CRS');
    }
    const { layers } = await this.layers.execute();
    const chosen = place.layers.map((asked) => choose(layers, asked, place.formula));
    const bounds = this.systems.geographicBounds(place.crs, place.bbox);
    const limit = Math.max(1, Math.floor(this.config.VIEW_MAX_SOURCES / chosen.length));
    return Promise.all(chosen.map((one) => this.scenesOf(one, { bounds, limit, place }, signal)));
  }

  private async scenesOf(
    { layer, rendering, asked }: ChosenLayer,
    { bounds, limit, place }: { bounds: BoundingBox | undefined; limit: number; place: MapPlace },
    signal?: AbortSignal,
  ): Promise<FoundLayer> {
    const { intervals, warning } = resolveTime(asked.time ?? place.time, layer.extent);
    const said = { asked, hasCloudCover: layer.hasCloudCover, ...(warning !== undefined && { warning }) };
    if (!bounds) return { scenes: [], isCut: false, ...said };
    const { order = 'newest', only } = place;
    const maxCloudCover = asked.maxCloudCover ?? place.maxCloudCover;
    const selected = { ...(only && { only }), ...(maxCloudCover !== undefined && { maxCloudCover }) };
    const query: SceneQuery = { collection: layer.name, rendering, bounds, intervals, order, limit, ...selected };
    const { scenes, isCut } = await this.scenes.execute(query, signal);
    return { scenes: scenes.toReversed(), isCut, ...said, ...(isCut && { cut: { layer, rendering, query } }) };
  }

  private async withUnderlay(found: FoundLayer, request: MapRequest, signal?: AbortSignal): Promise<FoundLayer> {
    const { time = request.time, maxCloudCover = request.maxCloudCover } = found.asked;
    const asked = { ...request, time, ...(maxCloudCover !== undefined && { maxCloudCover }) };
    const underlay = found.cut && (await this.underlays.execute(found.cut, asked, signal));
    if (!underlay) return found;
    return { ...found, underlay, ...(underlay.isAll && { scenes: [] }) };
  }
}

interface FoundLayer {
  readonly asked: MapLayer;
  /** Bottom to top. */
  readonly scenes: readonly Scene[];
  readonly isCut: boolean;
  readonly hasCloudCover: boolean;
  readonly warning?: string;
  /** Present where more scenes matched than were taken. */
  readonly cut?: CutLayer;
  readonly underlay?: Underlay;
}

function summaryOf(layers: readonly FoundLayer[]): Pick<PlannedMap, 'warnings' | 'isCut' | 'hasCloudCover'> {
  const warnings = new Set(layers.flatMap(({ warning }) => (warning === undefined ? [] : [warning])));
  return {
    warnings: [...warnings],
    isCut: layers.some(({ isCut }) => isCut),
    hasCloudCover: layers.some(({ hasCloudCover }) => hasCloudCover),
  };
}

function choose(
  layers: readonly ViewLayer[],
  asked: MapRequest['layers'][number],
  formula: MapRequest['formula'],
): ChosenLayer {
  const layer = layers.find(({ name }) => name === asked.name);
  if (!layer) throw new WmsError(`There is no layer ${asked.name.slice(0, 100)}.`, 'LayerNotDefined', 'LAYERS');
  const rendering = asked.rendering ?? styleOf(layer, asked.style);
  if (!rendering) {
    const styles = layer.styles.map(({ name }) => name).join(', ');
    throw new WmsError(
      `The layer ${layer.name} has no style ${asked.style.slice(0, 100)}; it has ${styles}.`,
      'StyleNotDefined',
      'STYLES',
    );
  }
  return { layer, asked, rendering: formula ? ownRendering(layer, formula) : rendering };
}

/** A formula of the client's works with the values the collection's own do. */
function ownRendering(layer: ViewLayer, formula: NonNullable<MapRequest['formula']>): Rendering {
  const quantity = layer.name.startsWith('sentinel-2-') ? 'reflectance' : 'value';
  return { name: 'custom', title: 'Own formula', description: '', quantity, formula };
}

/** Everything the pixels depend on. TIME itself is not among it: what it selects is. */
function tagOf(request: MapRequest, scenes: readonly Scene[], underlays: readonly Underlay[]): string {
  const { crs, bbox, width, height, format, depth, transparent, background, order, resampling, quality } = request;
  const drawn = scenes.map(({ product, drawing }) => [product.uuid, product.updated?.getTime(), digestOf(drawing)]);
  const under = underlays.map(({ tag }) => tag);
  const look = [format, depth, transparent, background, order, resampling, quality];
  const parts = JSON.stringify([crs, bbox, width, height, look, drawn, under]);
  return `"${createHash('sha256').update(parts).digest('base64url').slice(0, 32)}"`;
}
