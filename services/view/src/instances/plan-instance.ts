import { Injectable } from '@nestjs/common';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Evalscript } from '#protocols/sentinelhub/evalscript.js';
import type { InstanceMapRequest } from '#protocols/sentinelhub/instance-map-request.js';
import { ListLayers } from '../list-layers.js';
import type { MapLayer, MapRequest } from '../map-request.js';
import { channelRendering } from './channel-rendering.js';
import { quantityOf } from './default-layers.js';
import { FindInstance, layerNamed } from './find-instance.js';
import type { InstanceLayer } from './instance.js';

/** A request for a map of an instance as one for the layers of the mirror, and the layers it named. */
export interface InstancePlan {
  readonly map: MapRequest;
  readonly layers: readonly InstanceLayer[];
}

/** Makes requests to instances requests for maps: names become collections and renderings, scripts become formulas. */
@Injectable()
export class PlanInstance {
  constructor(
    private readonly instances: FindInstance,
    private readonly views: ListLayers,
    private readonly catalog: ProductCatalog,
  ) {}

  /** Throws NotFoundError for instances there are not, WmsError for layers. */
  async execute(id: string, request: InstanceMapRequest): Promise<InstancePlan> {
    const instance = await this.instances.execute(id);
    const named = request.layers.map((name) => layerNamed(name, instance.layers));
    const layers = request.evalscript === undefined ? named : await this.scripted(named, request.evalscript);
    const asked = await Promise.all(layers.map((layer) => this.mapLayer(layer, request)));
    const order = request.order ?? named[0]?.order;
    const { quality, crs, bbox, width, height, transparent, background, time, resampling } = request;
    const format = request.format.kind === 'picture' ? request.format.type : 'image/png';
    return {
      layers,
      map: {
        layers: asked,
        crs,
        bbox,
        width,
        height,
        format,
        transparent,
        background,
        time,
        resampling,
        ...(order && { order }),
        ...(quality !== undefined && { quality }),
      },
    };
  }

  private async scripted(layers: readonly InstanceLayer[], script: Evalscript): Promise<readonly InstanceLayer[]> {
    const views = (await this.views.execute()).layers;
    return layers.map((layer) => {
      const quantity = quantityOf(views.find(({ name }) => name === layer.collection)?.styles ?? []) ?? 'value';
      const own = { name: 'evalscript', title: layer.title, description: '', quantity };
      return { ...layer, ...channelRendering(script, own) };
    });
  }

  /** Only what optical instruments see has clouds: their limit is none for the others, whose products tell no cover. */
  private async mapLayer(layer: InstanceLayer, request: InstanceMapRequest): Promise<MapLayer> {
    const summary = await this.catalog.collection(layer.collection);
    const limit = request.maxCloudCover ?? layer.maxCloudCover;
    const isLimited = limit !== undefined && limit < 100 && summary?.collection.sensorType === 'OPTICAL';
    return {
      name: layer.collection,
      style: '',
      rendering: layer.rendering,
      ...(isLimited && { maxCloudCover: limit }),
      ...(request.time.kind === 'default' && layer.time && { time: layer.time }),
    };
  }
}
