import { Inject, Injectable } from '@nestjs/common';
import { InvalidError, NotFoundError } from '#domain/errors.js';
import { parseMapVendor } from '#protocols/wms/map-vendor.js';
import { parseTime } from '#protocols/wms/time-dimension.js';
import { WmsError } from '#protocols/wms/wms-error.js';
import { ListLayers } from '../list-layers.js';
import { styleOf, type ViewLayer } from '../view-layer.js';
import { MAP_CONFIG, type MapConfig } from '../view.config.js';
import { channelRendering } from './channel-rendering.js';
import { defaultLayers, quantityOf } from './default-layers.js';
import type { Instance, InstanceLayer } from './instance.js';
import type { LayerDefinition } from './instance-definitions.js';

/** The instance that is there whether or not it is defined. */
const DEFAULT = 'default';

/** Finds instances: those the operator defined, and `default`. */
@Injectable()
export class FindInstance {
  constructor(
    private readonly layers: ListLayers,
    @Inject(MAP_CONFIG) private readonly config: MapConfig,
  ) {}

  /** Layers whose collection holds nothing that can be drawn are left out. Throws NotFoundError. */
  async execute(id: string): Promise<Instance> {
    const definitions = this.config.VIEW_INSTANCES ?? {};
    const defined = Object.hasOwn(definitions, id) ? definitions[id] : undefined;
    if (defined === undefined && id !== DEFAULT) {
      throw new NotFoundError(`There is no instance ${id.slice(0, 64)}.`, { subject: 'instance' });
    }
    const { layers } = await this.layers.execute();
    if (defined === undefined) return { id, title: 'Every collection', layers: defaultLayers(layers) };
    const made = Object.entries(defined.layers).flatMap(([name, definition]) => {
      const layer = layers.find((one) => one.name === definition.collection);
      return layer === undefined ? [] : [layerOf(name, definition, layer)];
    });
    return { id, title: defined.title ?? id, layers: made };
  }
}

function layerOf(name: string, definition: LayerDefinition, layer: ViewLayer): InstanceLayer {
  const { title = name, maxCloudCover, time, order } = definition;
  return {
    name,
    title,
    collection: layer.name,
    ...drawingOf(name, definition, layer),
    ...(maxCloudCover !== undefined && { maxCloudCover }),
    ...(time !== undefined && { time: parseTime(time) }),
    ...(order && { order }),
  };
}

function drawingOf(
  name: string,
  { bands, expression, ramp, style = '' }: LayerDefinition,
  layer: ViewLayer,
): Pick<InstanceLayer, 'rendering' | 'channels'> {
  const own = { name: 'custom', title: name, description: '', quantity: quantityOf(layer.styles) ?? 'value' } as const;
  if (bands !== undefined) return channelRendering({ variables: [], channels: bands }, own);
  if (expression !== undefined) {
    const kvp = new Map([['EXPRESSION', expression], ...(ramp === undefined ? [] : [['RAMP', ramp] as const])]);
    return { rendering: { ...own, formula: parseMapVendor(kvp).formula! } };
  }
  const rendering = styleOf(layer, style);
  if (rendering !== undefined) return { rendering };
  throw new InvalidError(`The layer ${name} has no style ${style} to be drawn in.`, { subject: 'LAYERS' });
}

/** By its name, whatever the case. */
export function layerNamed(name: string, layers: readonly InstanceLayer[]): InstanceLayer {
  const found =
    layers.find((layer) => layer.name === name) ??
    layers.find((layer) => layer.name.toUpperCase() === name.toUpperCase());
  if (found !== undefined) return found;
  const some = layers
    .slice(0, 40)
    .map((layer) => layer.name)
    .join(', ');
  throw new WmsError(`There is no layer ${name.slice(0, 100)}; there are ${some}.`, 'LayerNotDefined', 'LAYERS');
}
