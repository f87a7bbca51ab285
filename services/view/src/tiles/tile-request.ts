import type { ImageFormat } from '#domain/ports/raster-engine.js';
import { tileBounds, type TileMatrix, type TileMatrixSet, type TilePlace } from '#domain/tiles/tile-matrix-set.js';
import type { TimeSelection } from '#protocols/wms/time-dimension.js';
import type { MapRequest, ProductChoice } from '../map-request.js';

/** Seconds a tile may be used again without asking; new scenes appear after that. */
export const TILE_AGE = 10;

/** The tile any protocol asks for. */
export interface TileRequest {
  /** Bottom to top. */
  readonly collections: readonly string[];
  /** The same for all of them; `default` or empty for each one's own. */
  readonly style: string;
  readonly set: TileMatrixSet;
  readonly matrix: TileMatrix;
  readonly place: TilePlace;
  /** 2 draws twice as many pixels into the same area. */
  readonly scale: 1 | 2;
  readonly format: ImageFormat;
  readonly time: TimeSelection;
  readonly only?: ProductChoice;
}

/** The map a tile is. */
export function mapOfTile({
  collections,
  style,
  set,
  matrix,
  place,
  scale,
  format,
  time,
  only,
}: TileRequest): MapRequest {
  const size = matrix.tileSize * scale;
  return {
    layers: collections.map((name) => ({ name, style })),
    crs: set.crs,
    bbox: tileBounds(matrix, place),
    width: size,
    height: size,
    format,
    transparent: format !== 'image/jpeg',
    background: 0xffffff,
    time,
    ...(only && { only }),
  };
}

/** Equal for requests of the same tile. */
export function keyOfTile({ set, matrix, place, scale, format, style, collections, time, only }: TileRequest): string {
  const where = `${set.id}/${matrix.id}/${place.row}/${place.column}/${scale}/${format}`;
  if (collections.length === 1 && time.kind !== 'values' && !only)
    return `${where}/${style}/${collections[0]}/${time.kind}`;
  return `${where}/${JSON.stringify([style, collections, time, only])}`;
}
