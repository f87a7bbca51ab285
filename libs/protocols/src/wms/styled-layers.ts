import type { Formula } from '#domain/view/formula.js';
import type { Rendering } from '#domain/view/rendering.js';
import { writeXml } from '../xml/write-xml.js';
import { el, type XmlContent, type XmlMarkup } from '../xml/xml-element.js';

/** A layer and its styles. */
export interface LayerStyles {
  readonly name: string;
  readonly styles: readonly Rendering[];
}

const NAMESPACES = {
  version: '1.0.0',
  xmlns: 'http://www.opengis.net/sld',
  'xmlns:ogc': 'http://www.opengis.net/ogc',
};

/** Writes styles as SLD 1.0.0 (OGC 02-070 §11): what GetStyles answers. Ramps and classes are colour maps; formulas over bands, which SLD cannot say, are told in the abstract. */
export function writeStyledLayers(layers: readonly LayerStyles[]): string {
  const written = layers.map(({ name, styles }) => el('NamedLayer', {}, el('Name', {}, name), styles.map(userStyle)));
  return writeXml(el('StyledLayerDescriptor', NAMESPACES, written));
}

function userStyle({ name, title, description, formula }: Rendering, index: number): XmlMarkup {
  return el(
    'UserStyle',
    {},
    el('Name', {}, name),
    el('Title', {}, title),
    el('Abstract', {}, [description, ...(formula ? [formulaText(formula)] : [])].join(' ')),
    el('IsDefault', {}, index === 0 ? 1 : 0),
    el('FeatureTypeStyle', {}, el('Rule', {}, el('RasterSymbolizer', {}, symbols(formula)))),
  );
}

function symbols(formula: Formula | undefined): XmlContent {
  const colouring = formula?.colouring;
  if (colouring?.kind === 'ramp') {
    const entries = colouring.ramp.map(({ value, colour }) => entry(value, colour));
    return el('ColorMap', {}, entries);
  }
  if (colouring?.kind === 'classes') {
    const entries = colouring.classes.map(({ value, colour, title }) => entry(value, colour, title));
    return el('ColorMap', {}, entries);
  }
  return el('Opacity', {}, 1);
}

function entry(quantity: number, colour: number, label?: string): XmlMarkup {
  return el('ColorMapEntry', { color: `#${colour.toString(16).padStart(6, '0')}`, quantity, label });
}

/** A formula as people read it. */
export function formulaText({ variables = [], colouring }: Formula): string {
  const names = variables.map(({ name, value }) => `${name} = ${value}`);
  const colours =
    colouring.kind === 'rgb'
      ? [`red = ${colouring.red}`, `green = ${colouring.green}`, `blue = ${colouring.blue}`]
      : [`value = ${colouring.value}`];
  return [...names, ...colours].join('; ');
}
