import { Injectable } from '@nestjs/common';
import type { Kvp } from '#protocols/ows/kvp.js';
import { formulaText, writeLayerDescriptions, writeStyledLayers } from '#protocols/wms/styled-layers.js';
import { WmsError } from '#protocols/wms/wms-error.js';
import { drawLegend } from '../draw-legend.js';
import { ListLayers } from '../list-layers.js';
import { styleOf, type ViewLayer } from '../view-layer.js';

/** A document or picture to send. */
export interface StyleAnswer {
  readonly type: string;
  readonly body: string | Buffer;
}

const SLD = 'application/vnd.ogc.sld+xml; charset=utf-8';

/** Tells how layers are drawn: GetLegendGraphic, GetStyles and DescribeLayer (OGC 02-070 §11, §12). */
@Injectable()
export class DescribeStyles {
  constructor(private readonly layers: ListLayers) {}

  /** PNG, or JSON where FORMAT says so. Throws WmsError for layers and styles there are not. */
  async legend(kvp: Kvp): Promise<StyleAnswer> {
    const [layer] = await this.find(kvp.get('LAYER') ?? kvp.get('LAYERS'), 'LAYER');
    const rendering = styleOf(layer!, kvp.get('STYLE') ?? kvp.get('STYLES') ?? '');
    if (!rendering) throw new WmsError(`The layer ${layer!.name} has no such style.`, 'StyleNotDefined', 'STYLE');
    if (kvp.get('FORMAT')?.toLowerCase().startsWith('application/json') !== true) {
      return { type: 'image/png', body: drawLegend(rendering) };
    }
    const { name, title, description, formula } = rendering;
    const legend = { layer: layer!.name, style: name, title, description };
    const rules = formula && { formula: formulaText(formula), colouring: formula.colouring };
    return { type: 'application/json; charset=utf-8', body: JSON.stringify({ ...legend, ...rules }) };
  }

  /** SLD of the layers' styles. */
  async styles(kvp: Kvp): Promise<StyleAnswer> {
    return { type: SLD, body: writeStyledLayers(await this.find(kvp.get('LAYERS'), 'LAYERS')) };
  }

  async descriptions(kvp: Kvp): Promise<StyleAnswer> {
    const found = await this.find(kvp.get('LAYERS'), 'LAYERS');
    return { type: 'text/xml; charset=utf-8', body: writeLayerDescriptions(found.map(({ name }) => name)) };
  }

  private async find(text: string | undefined, parameter: string): Promise<readonly ViewLayer[]> {
    const { layers } = await this.layers.execute();
    return (text ?? '').split(',').map((name) => {
      const layer = layers.find((one) => one.name === name.trim());
      if (layer) return layer;
      throw new WmsError(`There is no layer ${name.slice(0, 100)}.`, 'LayerNotDefined', parameter);
    });
  }
}
