import type { Product } from '../product/product.js';
import type { FoundBand } from './find-band.js';
import type { Rendering } from './rendering.js';

/** How samples become the values a rendering works with: `sample * scale + offset`. */
export interface BandCalibration {
  readonly scale?: number;
  readonly offset?: number;
  readonly nodata?: number;
  readonly isClass?: boolean;
}

const REFLECTANCE_SCALE = 1e-4;
/** RADIO_ADD_OFFSET and BOA_ADD_OFFSET of Sentinel-2 processing baseline 04.00 (25 January 2022) and later, as reflectance. */
const BASELINE_4_OFFSET = -0.1;
/** Catalogues whose files have the offset in them already say so. */
const APPLIED = ['earthsearch:boa_offset_applied', 'boa_offset_applied'];

/** The calibration of a band: what its metadata says, else what the mission's products have; empty where that is left to the file. */
export function calibrationOf(
  product: Product,
  { fields }: FoundBand,
  quantity: Rendering['quantity'],
): BandCalibration {
  if (quantity === 'class') return { nodata: 0, isClass: true };
  const scale = told(fields, 'scale');
  const offset = told(fields, 'offset');
  const nodata = numberOf(fields['nodata']);
  if (quantity === 'reflectance' && product.collection.startsWith('sentinel-2-')) {
    return { scale: scale ?? REFLECTANCE_SCALE, offset: reflectanceOffset(product, offset), nodata: nodata ?? 0 };
  }
  return {
    ...(scale !== undefined && { scale }),
    ...(offset !== undefined && { offset }),
    ...(nodata !== undefined && { nodata }),
  };
}

function reflectanceOffset(product: Product, given: number | undefined): number {
  if (APPLIED.some((name) => product.extra[name] === true)) return 0;
  return given ?? (baselineOf(product) >= 4 ? BASELINE_4_OFFSET : 0);
}

/** The processing baseline as a number; of the name (`_N0400_`) where the catalogue has none. */
function baselineOf({ id, properties }: Product): number {
  const baseline = Number.parseFloat(String(properties['processingBaseline'] ?? ''));
  if (!Number.isNaN(baseline)) return baseline;
  return Number(/_N(\d{4})_/.exec(id)?.[1] ?? 0) / 100;
}

/** STAC 1.1 has the prefix, 1.0 has it on the list of bands. */
function told(fields: FoundBand['fields'], name: string): number | undefined {
  return numberOf(fields[`raster:${name}`] ?? fields[name]);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
