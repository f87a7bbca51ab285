import type { Product } from '../product/product.js';
import { ASSET_KEYS, type Asset } from '../product/asset.js';
import { calibrationOf, type BandCalibration } from './band-calibration.js';
import { findBand } from './find-band.js';
import { bandsOfFormula, type Formula } from './formula.js';
import type { Rendering } from './rendering.js';

/** A band to draw from. */
export interface SceneBand extends BandCalibration {
  readonly asset: Asset;
  readonly band: number;
}

/** What a product is drawn from in a rendering: bands and their formula, or its browse picture. */
export type SceneDrawing =
  | { readonly kind: 'bands'; readonly bands: Readonly<Record<string, SceneBand>>; readonly formula: Formula }
  | { readonly kind: 'picture'; readonly asset: Asset };

/** Scene classes through which the ground is seen: not clouds, their shadows, or faults. */
const CLEAR = 'SCL == 2 || SCL >= 4 && SCL <= 7 || SCL == 11';

/** How a product can be drawn in a rendering; undefined where it cannot. Throws InvalidError for a formula that cannot be read. */
export function sceneDrawing(product: Product, rendering: Rendering): SceneDrawing | undefined {
  const { formula } = rendering;
  const bands = formula && bandsFor(product, bandsOfFormula(formula), rendering.quantity);
  if (formula && bands) return { kind: 'bands', bands, formula };
  const browse = product.assets[ASSET_KEYS.browse];
  const isAllowed = formula === undefined || rendering.fallsBack === true;
  return isAllowed && browse?.location !== undefined ? { kind: 'picture', asset: browse } : undefined;
}

/** The same drawing with clouds left out, where the product has a scene classification. */
export function withoutClouds(product: Product, drawing: SceneDrawing): SceneDrawing | undefined {
  const scl = bandsFor(product, ['SCL'], 'class');
  if (drawing.kind !== 'bands' || !scl) return undefined;
  return { ...drawing, bands: { ...scl, ...drawing.bands }, formula: { ...drawing.formula, visible: CLEAR } };
}

function bandsFor(
  product: Product,
  names: readonly string[],
  quantity: Rendering['quantity'],
): Readonly<Record<string, SceneBand>> | undefined {
  const found = names.flatMap((name) => {
    const band = findBand(product, name);
    return band ? [[name, { asset: band.asset, band: band.band, ...calibrationOf(product, band, quantity) }]] : [];
  });
  if (found.length < names.length || names.length === 0) return undefined;
  return Object.fromEntries(found) as Readonly<Record<string, SceneBand>>;
}
