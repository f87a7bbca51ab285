import { InvalidError } from '#domain/errors.js';
import { crsOfParameters } from './crs-of-parameters.js';
import { geostationaryOf } from './geostationary.js';
import { TAG, type TiffDirectory } from './tiff-directory.js';

/** x = a·column + b·row + c, y = d·column + e·row + f; columns and rows count from the outer upper left corner. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** Where the pixels of a raster lie. */
export interface GeoReference {
  /** `EPSG:<code>`, or `GEOS:…` of what a geostationary satellite sees. */
  readonly crs: string;
  readonly pixelToCrs: Affine;
}

const MODEL_TYPE = 1024;
const RASTER_TYPE = 1025;
const GEOGRAPHIC_TYPE = 2048;
const PROJECTED_TYPE = 3072;
const USER_DEFINED = 32767;
const PIXEL_IS_POINT = 2;
const MAX_CITATION = 1 << 14;

/** GeoKeys and model tags of a directory (OGC GeoTIFF 1.1 §7). Throws InvalidError where the CRS has no EPSG code or the grid is no affine one. */
export function readGeoReference(directory: TiffDirectory): GeoReference {
  const keys = geoKeys(directory.values(TAG.geoKeys), directory.values(TAG.geoDoubles));
  const affine = modelAffine(directory);
  if (affine === undefined || !affine.every(Number.isFinite) || affine[0] * affine[4] === affine[1] * affine[3]) {
    throw new InvalidError(
      hasControlPoints(directory)
        ? 'The raster lies by ground control points, not on a grid: only what has been put on a grid is drawn'
        : 'The raster has no usable georeference: pixel scale and tiepoint, or a transformation',
    );
  }
  return {
    crs: crsOf(keys, directory.text(TAG.geoTexts, MAX_CITATION)),
    pixelToCrs: keys.get(RASTER_TYPE) === PIXEL_IS_POINT ? shifted(affine, -0.5) : affine,
  };
}

function hasControlPoints(directory: TiffDirectory): boolean {
  return directory.values(TAG.pixelScale) === undefined && (directory.values(TAG.tiepoints)?.length ?? 0) > 6;
}

/** The CRS position of a column and row. */
export function pixelToPoint(affine: Affine, column: number, row: number): [number, number] {
  const [a, b, c, d, e, f] = affine;
  return [a * column + b * row + c, d * column + e * row + f];
}

/** The opposite mapping: CRS position to column and row. */
export function inverseAffine([a, b, c, d, e, f]: Affine): Affine {
  const det = a * e - b * d;
  return [e / det, -b / det, (b * f - e * c) / det, -d / det, a / det, (d * c - a * f) / det];
}

function geoKeys(directory: Float64Array | undefined, doubles: Float64Array | undefined): Map<number, number> {
  const keys = new Map<number, number>();
  if (directory === undefined) return keys;
  for (let at = 4; at + 3 < directory.length; at += 4) {
    const [key, location, count, value] = directory.subarray(at, at + 4) as unknown as [number, number, number, number];
    // Location 0: the value itself stands in the last short.
    const found = location === 0 ? value : location === TAG.geoDoubles && count === 1 ? doubles?.[value] : undefined;
    if (found !== undefined) keys.set(key, found);
  }
  return keys;
}

function crsOf(keys: ReadonlyMap<number, number>, citation: string | undefined): string {
  const projected = keys.get(PROJECTED_TYPE);
  const code = projected ?? (keys.get(MODEL_TYPE) === 1 ? undefined : keys.get(GEOGRAPHIC_TYPE));
  if (code !== undefined && code !== USER_DEFINED && code !== 0) return `EPSG:${code}`;
  const known = (keys.get(MODEL_TYPE) === 1 ? crsOfParameters(keys) : undefined) ?? geostationaryOf(citation);
  if (known !== undefined) return known;
  throw new InvalidError(
    'The raster names no EPSG code of its coordinate reference system, nor the parameters of a known one',
  );
}

function modelAffine(directory: TiffDirectory): Affine | undefined {
  const matrix = directory.values(TAG.transformation);
  if (matrix !== undefined && matrix.length >= 8) {
    return [matrix[0]!, matrix[1]!, matrix[3]!, matrix[4]!, matrix[5]!, matrix[7]!];
  }
  const scale = directory.values(TAG.pixelScale);
  const tie = directory.values(TAG.tiepoints);
  if (scale === undefined || tie === undefined || scale.length < 2 || tie.length < 6) return undefined;
  const [sx, sy] = [scale[0]!, scale[1]!];
  return [sx, 0, tie[3]! - tie[0]! * sx, 0, -sy, tie[4]! + tie[1]! * sy];
}

function shifted(affine: Affine, by: number): Affine {
  const [x, y] = pixelToPoint(affine, by, by);
  return [affine[0], affine[1], x, affine[3], affine[4], y];
}
