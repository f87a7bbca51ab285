import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import type { Rendering } from '#domain/view/rendering.js';
import { resolveTime } from '#protocols/wms/resolve-time.js';
import { WmsError } from '#protocols/wms/wms-error.js';
import { FindScenes, type Scene } from './find-scenes.js';
import { ListLayers } from './list-layers.js';
import type { MapRequest } from './map-request.js';
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
}

/** Where and when a map is of: what decides its scenes. */
export type MapPlace = Pick<
  MapRequest,
  'layers' | 'formula' | 'crs' | 'bbox' | 'time' | 'order' | 'maxCloudCover' | 'only'
>;

interface ChosenLayer {
  readonly layer: ViewLayer;
  readonly rendering: Rendering;
}

/** Decides what a map is drawn from, within the budget of scenes; cheap enough to answer 304 by it. */
@Injectable()
export class PlanMap {
  constructor(
    private readonly layers: ListLayers,
    private readonly scenes: FindScenes,
    private readonly systems: CoordinateSystems,
    private readonly engine: RasterEngine,
    @Inject(MAP_CONFIG) private readonly config: MapConfig,
  ) {}

  /** Throws WmsError for layers, styles and systems there are not. */
  async execute(request: MapRequest, signal?: AbortSignal): Promise<PlannedMap> {
    const found = await this.find(request, signal);
    return { ...found, etag: tagOf(request, found.scenes) };
  }

  /** The scenes of a place alone. Throws as `execute` does. */
  async find(place: MapPlace, signal?: AbortSignal): Promise<Omit<PlannedMap, 'etag'>> {
    if (!this.engine.supports(place.crs)) {
      throw new WmsError(`CRS ${place.crs} is not served.`, 'InvalidCRS', 'CRS');
    }
    const { layers } = await this.layers.execute();
    const chosen = place.layers.map((asked) => choose(layers, asked, place.formula));
    const bounds = this.systems.geographicBounds(place.crs, place.bbox);
    const limit = Math.max(1, Math.floor(this.config.VIEW_MAX_SOURCES / chosen.length));
    const found = await Promise.all(chosen.map((one) => this.scenesOf(one, { bounds, limit, place }, signal)));
    return {
      scenes: found.flatMap(({ scenes }) => scenes),
      warnings: [...new Set(found.flatMap(({ warning }) => (warning === undefined ? [] : [warning])))],
      isCut: found.some(({ isCut }) => isCut),
      hasCloudCover: chosen.some(({ layer }) => layer.hasCloudCover),
    };
  }

  private async scenesOf(
    { layer, rendering }: ChosenLayer,
    { bounds, limit, place }: { bounds: BoundingBox | undefined; limit: number; place: MapPlace },
    signal?: AbortSignal,
  ): Promise<{ scenes: readonly Scene[]; isCut: boolean; warning?: string }> {
    const { intervals, warning } = resolveTime(place.time, layer.extent);
    const { order = 'newest', maxCloudCover, only } = place;
    const query = { collection: layer.name, rendering, intervals, order, limit, ...(only && { only }) };
    const found = bounds
      ? await this.scenes.execute({ ...query, bounds, ...(maxCloudCover !== undefined && { maxCloudCover }) }, signal)
      : { scenes: [], isCut: false };
    const result = { scenes: found.scenes.toReversed(), isCut: found.isCut };
    return warning === undefined ? result : { ...result, warning };
  }
}

function choose(
  layers: readonly ViewLayer[],
  asked: MapRequest['layers'][number],
  formula: MapRequest['formula'],
): ChosenLayer {
  const layer = layers.find(({ name }) => name === asked.name);
  if (!layer) throw new WmsError(`There is no layer ${asked.name.slice(0, 100)}.`, 'LayerNotDefined', 'LAYERS');
  const rendering = styleOf(layer, asked.style);
  if (!rendering) {
    const styles = layer.styles.map(({ name }) => name).join(', ');
    throw new WmsError(
      `The layer ${layer.name} has no style ${asked.style.slice(0, 100)}; it has ${styles}.`,
      'StyleNotDefined',
      'STYLES',
    );
  }
  return { layer, rendering: formula ? ownRendering(layer, formula) : rendering };
}

/** A formula of the client's works with the values the collection's own do. */
function ownRendering(layer: ViewLayer, formula: NonNullable<MapRequest['formula']>): Rendering {
  const quantity = layer.name.startsWith('sentinel-2-') ? 'reflectance' : 'value';
  return { name: 'custom', title: 'Own formula', description: '', quantity, formula };
}

/** Everything the pixels depend on. TIME itself is not among it: what it selects is. */
function tagOf(request: MapRequest, scenes: readonly Scene[]): string {
  const { crs, bbox, width, height, format, depth, transparent, background, order } = request;
  const drawn = scenes.map(({ product, drawing }) => [product.uuid, product.updated?.getTime(), drawing]);
  const parts = JSON.stringify([crs, bbox, width, height, format, depth, transparent, background, order, drawn]);
  return `"${createHash('sha256').update(parts).digest('base64url').slice(0, 32)}"`;
}
