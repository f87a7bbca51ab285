import type { Kvp } from '../ows/kvp.js';
import { parseGetMap, type GetMapRequest, type StyledLayer } from './get-map-request.js';
import { WmsError } from './wms-error.js';

/** Forms features are told in. */
export type InfoForm = 'text' | 'html' | 'json' | 'gml';

/** A GetFeatureInfo: the map, the layers asked of it, the pixel from the upper left. */
export interface FeatureInfoRequest {
  readonly map: GetMapRequest;
  readonly layers: readonly StyledLayer[];
  readonly column: number;
  readonly row: number;
  readonly form: InfoForm;
  /** Most scenes told of each layer. */
  readonly count: number;
}

/** Forms by media type, in the order they are advertised. */
export const INFO_FORMS: ReadonlyMap<string, InfoForm> = new Map([
  ['text/plain', 'text'],
  ['text/html', 'html'],
  ['application/json', 'json'],
  ['application/vnd.ogc.gml', 'gml'],
]);
const MORE_FORMS: ReadonlyMap<string, InfoForm> = new Map([
  ['application/geojson', 'json'],
  ['application/geo+json', 'json'],
  ['application/gml+xml', 'gml'],
  ['text/xml', 'gml'],
]);
const MOST = 50;

/** Reads GetFeatureInfo (WMS 1.3.0 §7.4): I and J, or X and Y as 1.1.1 has it and some clients of 1.3.0 too. Throws WmsError. */
export function parseFeatureInfo(kvp: Kvp): FeatureInfoRequest {
  const map = parseGetMap(new Map([...kvp, ['FORMAT', 'image/png']]));
  return {
    map,
    layers: queryLayers(kvp.get('QUERY_LAYERS'), map.layers),
    column: place(kvp, ['I', 'X'], map.width),
    row: place(kvp, ['J', 'Y'], map.height),
    form: infoForm(kvp.get('INFO_FORMAT')),
    count: count(kvp.get('FEATURE_COUNT')),
  };
}

function queryLayers(text: string | undefined, drawn: readonly StyledLayer[]): readonly StyledLayer[] {
  const names = (text ?? '').split(',').map((name) => name.trim());
  return names.map((name) => {
    const layer = drawn.find((one) => one.name === name);
    if (layer) return layer;
    throw new WmsError('QUERY_LAYERS must name layers of LAYERS.', 'LayerNotDefined', 'QUERY_LAYERS');
  });
}

function place(kvp: Kvp, names: readonly [string, string], size: number): number {
  const text = kvp.get(names[0]) ?? kvp.get(names[1]) ?? '';
  const position = /^\d{1,6}(?:\.0*)?$/.test(text) ? Number(text) : NaN;
  if (position < size) return position;
  throw new WmsError(`${names[0]} must be a pixel of the map, 0 to ${size - 1}.`, 'InvalidPoint', names[0]);
}

/** Text where none is asked for (§7.4.3.5 leaves it to the server). */
function infoForm(text: string | undefined): InfoForm {
  const type = text?.split(';')[0]?.trim().toLowerCase() ?? '';
  const form = type === '' ? 'text' : (INFO_FORMS.get(type) ?? MORE_FORMS.get(type));
  if (form) return form;
  throw new WmsError(
    `INFO_FORMAT is not served; use one of ${[...INFO_FORMS.keys()].join(', ')}.`,
    'InvalidFormat',
    'INFO_FORMAT',
  );
}

function count(text: string | undefined): number {
  return /^\d{1,9}$/.test(text ?? '') ? Math.min(MOST, Math.max(1, Number(text))) : 1;
}
