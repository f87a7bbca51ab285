import { Injectable } from '@nestjs/common';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import type { SampleDepth } from '#protocols/sentinelhub/instance-format.js';
import type { InstanceMapRequest } from '#protocols/sentinelhub/instance-map-request.js';
import { WmsError } from '#protocols/wms/wms-error.js';
import { DrawMap } from '../draw-map.js';
import type { MapImage } from '../map-image.js';
import type { Scene } from '../find-scenes.js';
import type { PlannedMap } from '../plan-map.js';
import { DrawSamples, type DrawnSamples } from './draw-samples.js';
import type { InstanceLayer } from './instance.js';
import type { InstancePlan } from './plan-instance.js';

/** A request to an instance, decided on. */
export interface DecidedImage {
  readonly request: InstanceMapRequest;
  readonly plan: InstancePlan;
  readonly planned: PlannedMap;
}

/** Draws what an instance is asked for: pictures, pictures that end where an area does, samples. */
@Injectable()
export class DrawInstance {
  constructor(
    private readonly maps: DrawMap,
    private readonly samples: DrawSamples,
    private readonly engine: RasterEngine,
  ) {}

  /** A picture. Throws as the engine does. */
  async picture({ request, plan, planned }: DecidedImage, signal: AbortSignal): Promise<MapImage> {
    if (request.clip === undefined) return this.maps.execute(plan.map, planned, signal);
    // A picture has the layer's colours whatever its values are.
    const { channels: _, ...layer } = onlyLayer(plan);
    const asked = { request, layer, depth: 'uint8', scenes: planned.scenes } as const;
    const { picture, drawn } = await this.samples.picture(asked, signal);
    const bytes = await this.engine.encode(picture, plan.map);
    return { bytes: Buffer.from(bytes), mediaType: plan.map.format, ...toldOf(drawn, planned) };
  }

  /** A TIFF. Throws WmsError for several layers, and as the engine does. */
  async values(
    { request, plan, planned }: DecidedImage,
    signal: AbortSignal,
  ): Promise<Pick<DrawnSamples, 'file'> & Pick<MapImage, 'dates' | 'sources'>> {
    const layer = onlyLayer(plan);
    const asked = { request, layer, depth: depthOf(request, layer), scenes: planned.scenes };
    const { file, drawn } = await this.samples.execute(asked, signal);
    return { file, ...toldOf(drawn, planned) };
  }
}

/** As asked for, as the script says, or as the layer is: values as they are, colours in 8 bits. */
function depthOf({ format, evalscript }: InstanceMapRequest, { channels }: InstanceLayer): SampleDepth {
  const asked = format.kind === 'samples' ? format.depth : undefined;
  return asked ?? evalscript?.depth ?? (evalscript === undefined && channels !== undefined ? 'float32' : 'uint8');
}

function onlyLayer({ layers }: InstancePlan): InstanceLayer {
  const [layer, ...more] = layers;
  if (layer !== undefined && more.length === 0) return layer;
  throw new WmsError('A TIFF, and what GEOMETRY cuts, is of one layer.', 'LayerNotDefined', 'LAYERS');
}

function toldOf(drawn: readonly Scene[], { scenes, isCut }: PlannedMap): Pick<MapImage, 'dates' | 'sources'> {
  const days = new Set(drawn.map(({ product }) => product.acquiredFrom.toISOString().slice(0, 10)));
  const dates = [...days].toSorted().toReversed().join(',');
  return { dates, sources: `${drawn.length}/${scenes.length}${isCut ? '+' : ''}` };
}
