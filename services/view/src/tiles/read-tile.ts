import { NotFoundError } from '#domain/errors.js';
import { findMatrix, hasTile, type TileMatrixSet } from '#domain/tiles/tile-matrix-set.js';
import { WEB_MERCATOR_QUAD } from '#domain/tiles/tile-matrix-sets.js';
import { parseTileEnding, parseTileIndex } from '#protocols/tiles/tile-address.js';
import { WmsError } from '#protocols/wms/wms-error.js';
import type { TileRequest } from './tile-request.js';

/** Segments of an XYZ address. */
export interface XyzPath {
  readonly z: string;
  readonly x: string;
  /** With the ending, e.g. `341@2x.png`. */
  readonly y: string;
}

/** The place, size and encoding an XYZ address names. Throws NotFoundError where there is no such tile. */
export function readXyz({ z, x, y }: XyzPath): Pick<TileRequest, 'set' | 'matrix' | 'place' | 'scale' | 'format'> {
  const ending = parseTileEnding(y);
  if (!ending) throw new NotFoundError('Tiles end in .png, .jpg or .webp, e.g. /8/135/87.png.');
  const { index: row, scale, format } = ending;
  return { ...readPlace(WEB_MERCATOR_QUAD, { matrix: z, row: String(row), column: x }), scale, format };
}

/** The place in a set that texts name. Throws NotFoundError where there is no such tile. */
export function readPlace(
  set: TileMatrixSet,
  text: { readonly matrix: string; readonly row: string; readonly column: string },
): Pick<TileRequest, 'set' | 'matrix' | 'place'> {
  const matrix = findMatrix(set, text.matrix);
  const place = { row: parseTileIndex(text.row) ?? -1, column: parseTileIndex(text.column) ?? -1 };
  if (!matrix) throw new NotFoundError(`${set.id} has the levels 0 to ${set.matrices.length - 1}.`);
  if (hasTile(matrix, place)) return { set, matrix, place };
  throw new NotFoundError(
    `Level ${matrix.id} has the columns 0 to ${matrix.columns - 1}, rows 0 to ${matrix.rows - 1}.`,
  );
}

/** Layers and styles there are not are addresses that lead nowhere. */
export function asAddress(error: unknown): unknown {
  if (!(error instanceof WmsError)) return error;
  const isMissing = error.code === 'LayerNotDefined' || error.code === 'StyleNotDefined';
  return isMissing ? new NotFoundError(error.message, { cause: error }) : error;
}
