import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import { RasterEngine, type RasterSource, type RenderRequest } from '#domain/ports/raster-engine.js';
import { ServiceLog } from '#platform/log.js';
import type { GetMapRequest, StyledLayer } from '#protocols/wms/get-map-request.js';
import { resolveTime } from '#protocols/wms/resolve-time.js';
import { WmsError } from '#protocols/wms/wms-error.js';
import { FindScenes } from './find-scenes.js';
import { ListLayers } from './list-layers.js';
import { hasStyle, type ViewLayer } from './view-layer.js';
import { MAP_CONFIG, type MapConfig } from './view.config.js';

/** A map decided on and not drawn yet: its tag, what was put in the place of the asked time, and what it is drawn from. */
export interface PlannedMap {
  /** Quoted; the same for the same request and the same scenes. */
  readonly etag: string;
  readonly warnings: readonly string[];
  readonly sources: readonly RasterSource[];
  /** True where more scenes matched than one map takes. */
  readonly isCut: boolean;
}

/** A drawn map; `drawn` counts the scenes with data in it. */
export interface DrawnMap {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly drawn: number;
}

/** Draws GetMap: plan first (cheap, enough to answer 304), then draw. */
@Injectable()
export class DrawMap {
  constructor(
    private readonly layers: ListLayers,
    private readonly scenes: FindScenes,
    private readonly systems: CoordinateSystems,
    private readonly engine: RasterEngine,
    @Inject(MAP_CONFIG) private readonly config: MapConfig,
    private readonly log: ServiceLog,
  ) {}

  /** Throws WmsError for layers, styles and systems there are not. */
  async plan(request: GetMapRequest, signal?: AbortSignal): Promise<PlannedMap> {
    if (!this.engine.supports(request.crs)) {
      throw new WmsError(`CRS ${request.crs} is not served.`, 'InvalidCRS', 'CRS');
    }
    const { layers } = await this.layers.execute();
    const chosen = request.layers.map((asked) => choose(layers, asked));
    const bounds = this.systems.geographicBounds(request.crs, request.bbox);
    const limit = Math.max(1, Math.floor(this.config.VIEW_MAX_SOURCES / chosen.length));
    const found = await Promise.all(chosen.map((layer) => this.scenesOf({ layer, bounds, limit, request }, signal)));
    const sources = found.flatMap((one) => one.sources);
    return {
      etag: tagOf(request, sources),
      warnings: [...new Set(found.flatMap(({ warning }) => (warning === undefined ? [] : [warning])))],
      sources,
      isCut: found.some(({ isCut }) => isCut),
    };
  }

  /** Scenes that cannot be opened are left out and logged: one bad file must not blank a map. */
  async draw(request: GetMapRequest, plan: PlannedMap, signal?: AbortSignal): Promise<DrawnMap> {
    const opened = await Promise.all(plan.sources.map((source) => this.openSource(source, signal)));
    const { crs, bbox, width, height, format, transparent, background } = request;
    const sources = opened.filter((source) => source !== undefined);
    const image = await this.engine.render(
      { sources, crs, bbox, width, height, format, transparent, background },
      signal,
    );
    return { bytes: image.bytes, mediaType: image.format, drawn: image.drawn.length };
  }

  private async scenesOf(
    part: { layer: ViewLayer; bounds: BoundingBox | undefined; limit: number; request: GetMapRequest },
    signal?: AbortSignal,
  ): Promise<{ sources: readonly RasterSource[]; isCut: boolean; warning?: string }> {
    const { layer, bounds, limit, request } = part;
    const { intervals, warning } = resolveTime(request.time, layer.extent);
    const found = bounds
      ? await this.scenes.execute({ collection: layer.name, bounds, intervals, limit }, signal)
      : { sources: [], isCut: false };
    return warning === undefined ? found : { ...found, warning };
  }

  private async openSource(
    source: RasterSource,
    signal?: AbortSignal,
  ): Promise<RenderRequest['sources'][number] | undefined> {
    try {
      const { bands } = await this.engine.describe(source, signal);
      return { source, style: { bands: bands >= 3 ? [0, 1, 2] : [0] } };
    } catch (error) {
      signal?.throwIfAborted();
      this.log.warn({ err: error, key: source.key }, 'browse image cannot be drawn');
      return undefined;
    }
  }
}

function choose(layers: readonly ViewLayer[], asked: StyledLayer): ViewLayer {
  const layer = layers.find(({ name }) => name === asked.name);
  if (!layer) throw new WmsError(`There is no layer ${asked.name.slice(0, 100)}.`, 'LayerNotDefined', 'LAYERS');
  if (hasStyle(layer, asked.style)) return layer;
  throw new WmsError(
    `The layer ${layer.name} has no style ${asked.style.slice(0, 100)}; it has ${layer.style.name}.`,
    'StyleNotDefined',
    'STYLES',
  );
}

/** Everything the pixels depend on. TIME itself is not among it: what it selects is. */
function tagOf(request: GetMapRequest, sources: readonly RasterSource[]): string {
  const { crs, bbox, width, height, format, transparent, background } = request;
  const drawn = sources.map(({ key, offset, etag }) => [key, offset, etag]);
  const parts = JSON.stringify([crs, bbox, width, height, format, transparent, background, drawn]);
  return `"${createHash('sha256').update(parts).digest('base64url').slice(0, 32)}"`;
}
