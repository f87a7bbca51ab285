import { Injectable } from '@nestjs/common';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import type { Rendering } from '#domain/view/rendering.js';
import type { Kvp } from '#protocols/ows/kvp.js';
import { writeLayerDescriptions } from '#protocols/wms/layer-descriptions.js';
import { findMapFormat, type MapFormat } from '#protocols/wms/map-format.js';
import { parseResolutionScale } from '#protocols/wms/map-resolution.js';
import { formulaText, writeStyledLayers } from '#protocols/wms/styled-layers.js';
import { WmsError } from '#protocols/wms/wms-error.js';
import { negotiateDialect } from '#protocols/wms/wms-version.js';
import { drawLegend } from '../draw-legend.js';
import { ListLayers } from '../list-layers.js';
import { styleOf, type ViewLayer } from '../view-layer.js';

/** A document or picture to send. */
export interface StyleAnswer {
  readonly type: string;
  readonly body: string | Buffer;
}

const LEGEND_FORMAT: MapFormat = { name: 'image/png', format: 'image/png' };
const SLD = 'application/vnd.ogc.sld+xml; charset=utf-8';

/** Tells how layers are drawn: GetLegendGraphic, GetStyles and DescribeLayer (OGC 02-070 §11, §12). */
@Injectable()
export class DescribeStyles {
  constructor(
    private readonly layers: ListLayers,
    private readonly engine: RasterEngine,
  ) {}

  /** A picture, PNG where no other format is understood, or JSON where FORMAT says so. `among` are other layers than those of the mirror. Throws WmsError for layers and styles there are not. */
  async legend(kvp: Kvp, among?: readonly ViewLayer[]): Promise<StyleAnswer> {
    const name = kvp.get('LAYER') ?? kvp.get('LAYERS');
    const [layer] = among === undefined ? await this.find(name, 'LAYER') : findLayers(among, name, 'LAYER');
    const rendering = styleOf(layer!, kvp.get('STYLE') ?? kvp.get('STYLES') ?? '');
    if (!rendering) throw new WmsError(`The layer ${layer!.name} has no such style.`, 'StyleNotDefined', 'STYLE');
    if (kvp.get('FORMAT')?.toLowerCase().startsWith('application/json') !== true) {
      return this.drawn(rendering, kvp);
    }
    const { name: style, title, description, formula } = rendering;
    const legend = { layer: layer!.name, style, title, description };
    const rules = formula && { formula: formulaText(formula), colouring: formula.colouring };
    return { type: 'application/json; charset=utf-8', body: JSON.stringify({ ...legend, ...rules }) };
  }

  /** SLD of the layers' styles. */
  async styles(kvp: Kvp): Promise<StyleAnswer> {
    return { type: SLD, body: writeStyledLayers(await this.find(kvp.get('LAYERS'), 'LAYERS')) };
  }

  /** Which coverages the layers are of; `address` is the public one of the mirror. */
  async descriptions(kvp: Kvp, address: string): Promise<StyleAnswer> {
    const names = (await this.find(kvp.get('LAYERS'), 'LAYERS')).map(({ name }) => name);
    const { version } = negotiateDialect(kvp.get('VERSION') ?? kvp.get('WMTVER'));
    return { type: 'text/xml; charset=utf-8', body: writeLayerDescriptions(names, `${address}/wcs?`, version) };
  }

  private async drawn(rendering: Rendering, kvp: Kvp): Promise<StyleAnswer> {
    const asked = findMapFormat(kvp.get('FORMAT'));
    const { name, format, depth } = asked && asked.format !== 'image/tiff' ? asked : LEGEND_FORMAT;
    const place = { crs: 'CRS:84', bbox: [-180, -90, 180, 90] } as const;
    const encoding = { ...place, format, transparent: false, background: 0xffffff };
    const picture = drawLegend(rendering, parseResolutionScale(kvp));
    const bytes = await this.engine.encode(picture, { ...encoding, ...(depth !== undefined && { depth }) });
    return { type: name, body: Buffer.from(bytes) };
  }

  private async find(text: string | undefined, parameter: string): Promise<readonly ViewLayer[]> {
    return findLayers((await this.layers.execute()).layers, text, parameter);
  }
}

function findLayers(layers: readonly ViewLayer[], text: string | undefined, parameter: string): readonly ViewLayer[] {
  return (text ?? '').split(',').map((name) => {
    const layer = layers.find((one) => one.name === name.trim());
    if (layer) return layer;
    throw new WmsError(`There is no layer ${name.slice(0, 100)}.`, 'LayerNotDefined', parameter);
  });
}
