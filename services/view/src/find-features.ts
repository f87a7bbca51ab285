import { Injectable } from '@nestjs/common';
import { EngineBusyError, RasterEngine, type BandSource, type SceneSource } from '#domain/ports/raster-engine.js';
import { compileBandExpression } from '#domain/view/compile-band-expression.js';
import type { Formula } from '#domain/view/formula.js';
import { parseBandExpression } from '#domain/view/parse-band-expression.js';
import { ServiceLog } from '#platform/log.js';
import type { FeatureInfo } from '#protocols/wms/feature-info.js';
import type { FeatureInfoRequest } from '#protocols/wms/feature-info-request.js';
import type { Scene } from './find-scenes.js';
import type { MapLayer } from './map-request.js';
import { OpenScene } from './open-scene.js';
import { PlanMap, type MapPlace } from './plan-map.js';

type Values = FeatureInfo['values'];

/** A GetFeatureInfo, of layers of the mirror in renderings of any. */
export interface AskedFeatures extends Omit<FeatureInfoRequest, 'layers'> {
  readonly layers: readonly MapLayer[];
}

/** Scenes looked into of one layer, whatever count is asked for. */
const MOST_LOOKED_INTO = 60;

/** Tells what a map shows at a pixel: the same scenes as GetMap, by the same time, top first. */
@Injectable()
export class FindFeatures {
  constructor(
    private readonly planning: PlanMap,
    private readonly scenes: OpenScene,
    private readonly engine: RasterEngine,
    private readonly log: ServiceLog,
  ) {}

  /** Throws WmsError as the map would. */
  async execute(request: AskedFeatures, signal?: AbortSignal): Promise<readonly FeatureInfo[]> {
    const place: MapPlace = { ...request.map, layers: request.layers, bbox: pixelOf(request) };
    const { scenes } = await this.planning.find(place, signal);
    const features: FeatureInfo[] = [];
    for (const scene of scenes.toReversed().slice(0, MOST_LOOKED_INTO)) {
      if (features.length >= request.count * request.layers.length) break;
      const values = await this.valuesOf(scene, place, signal);
      const { collection: layer, id: product, acquiredFrom: acquired } = scene.product;
      const known = features.filter((one) => one.layer === layer).length;
      if (values.length > 0 && known < request.count) features.push({ layer, product, acquired, values });
    }
    return features;
  }

  private async valuesOf(scene: Scene, { crs, bbox }: MapPlace, signal?: AbortSignal): Promise<Values> {
    try {
      const source = await this.scenes.execute(scene.drawing, signal);
      const bands = Object.entries(bandsOf(source));
      const frame = { crs, bbox, width: 1, height: 1 };
      const { planes } = await this.engine.sample({ bands: bands.map(([, band]) => band), ...frame }, signal);
      const values = bands.map(([name], index) => ({ name, value: told(planes[index]![0]!) }));
      if (values.every(({ value }) => Number.isNaN(value))) return [];
      return 'style' in source ? values : [...values, ...computed(source.formula, values)];
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof EngineBusyError) throw error;
      this.log.warn({ err: error, product: scene.product.id }, 'product cannot be read');
      return [];
    }
  }
}

/** As many digits as a float32 has. */
function told(value: number): number {
  return Number(value.toPrecision(7));
}

function pixelOf({ map, column, row }: AskedFeatures): MapPlace['bbox'] {
  const [minX, minY, maxX, maxY] = map.bbox;
  const [width, height] = [(maxX - minX) / map.width, (maxY - minY) / map.height];
  return [minX + column * width, maxY - (row + 1) * height, minX + (column + 1) * width, maxY - row * height];
}

function bandsOf(source: SceneSource): Readonly<Record<string, BandSource>> {
  if (!('style' in source)) return source.bands;
  return Object.fromEntries(
    source.style.bands.map((band) => [`band ${band + 1}`, { source: source.source, band }] as const),
  );
}

/** The one value of a ramp or of classes. */
function computed({ colouring, variables }: Formula, values: Values): Values {
  if (colouring.kind === 'rgb' || variables !== undefined) return [];
  const rows = new Map(values.map(({ name, value }) => [name, Float64Array.of(value)]));
  const value = compileBandExpression(parseBandExpression(colouring.value), rows, 1)(1)[0]!;
  const meaning =
    colouring.kind === 'classes' ? colouring.classes.find((one) => one.value === value)?.title : undefined;
  return [{ name: 'value', value: told(value), ...(meaning !== undefined && { meaning }) }];
}
