import type { Geometry } from '#domain/geometry/geometry.js';
import type { Product } from '#domain/product/product.js';
import { polygonsOf } from '../om/footprint.js';
import type { FeatureCrs } from '../wfs/feature-crs.js';
import { moveGeometry, positionWriter, type Project } from '../wfs/write-position.js';

/** What acquisitions are written for. */
export interface TileFeaturesForm {
  readonly crs: FeatureCrs;
  readonly project: Project;
  /** Public address of the mirror. */
  readonly address: string;
}

/** Acquisitions as sentinelhub-py and eo-learn read them: `date` and `time` of acquisition, a MultiPolygon, and for tiles a `path` that ends in zone, band, square, date and index. */
export function writeTileFeatures(products: readonly Product[], form: TileFeaturesForm): string {
  const position = positionWriter(form.crs, form.project);
  const features = products.map((product) => {
    const moved = moveGeometry(areaOf(product.geometry), position);
    return { type: 'Feature', geometry: moved, properties: propertiesOf(product, form.address) };
  });
  return JSON.stringify({ type: 'FeatureCollection', features });
}

function areaOf(geometry: Geometry | null): Geometry | null {
  if (geometry === null) return null;
  return { type: 'MultiPolygon', coordinates: polygonsOf(geometry) };
}

function propertiesOf(product: Product, address: string): object {
  const { id, acquiredFrom, properties } = product;
  const instant = acquiredFrom.toISOString();
  const orbit = properties['orbitDirection'];
  const clouds = properties['cloudCover'];
  const crs = crsOf(product);
  return {
    id,
    date: instant.slice(0, 10),
    time: instant.slice(11, 19),
    path: pathOf(product, address),
    ...(crs === undefined ? {} : { crs }),
    ...(typeof orbit === 'string' ? { orbitDirection: orbit.toUpperCase() } : {}),
    ...(typeof clouds === 'number' ? { cloudCoverPercentage: clouds } : {}),
  };
}

const TILE = /^T?(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z]{2})$/i;

function tileOf({ properties }: Product): RegExpExecArray | null {
  const tile = properties['tile'];
  return typeof tile === 'string' ? TILE.exec(tile) : null;
}

/** The zone of a tile of the military grid, where the product does not tell its own system. */
function crsOf(product: Product): string | undefined {
  const given = product.properties['projCode'];
  if (typeof given === 'string') return given;
  const [, zone, band = ''] = tileOf(product) ?? [];
  if (zone === undefined) return undefined;
  return `EPSG:${band.toUpperCase() >= 'N' ? '326' : '327'}${zone.padStart(2, '0')}`;
}

function pathOf(product: Product, address: string): string {
  const [, zone, band = '', square = ''] = tileOf(product) ?? [];
  const { collection, id, acquiredFrom } = product;
  if (zone === undefined) return `${address}/dl/${encodeURIComponent(collection)}/${encodeURIComponent(id)}`;
  const day = [acquiredFrom.getUTCFullYear(), acquiredFrom.getUTCMonth() + 1, acquiredFrom.getUTCDate()].join('/');
  return `${address}/tiles/${Number(zone)}/${band.toUpperCase()}/${square.toUpperCase()}/${day}/0`;
}
