import type { TileLimits, TileMatrix, TileMatrixSet, TilePlace } from '#domain/tiles/tile-matrix-set.js';
import { WmtsError } from './wmts-error.js';

/** The tiles of a set that a layer has part in, by matrix. */
export type SetLimits = readonly { readonly matrix: TileMatrix; readonly limits: TileLimits }[];

/** A set a layer is offered in; in a matrix without limits any tile may have part of it. */
export interface LayerSet {
  readonly set: TileMatrixSet;
  readonly limits?: SetLimits;
}

/**
 * The limits that capabilities can tell: the published schema takes positive numbers alone, though table 12 of 07-057r7 has them begin at 0. What is not told
 * is no limit.
 */
export function tellableLimits(limits: SetLimits): SetLimits {
  return limits.filter(({ limits: { firstRow, firstColumn } }) => firstRow > 0 && firstColumn > 0);
}

/** Throws WmtsError TileOutOfRange for a tile beyond the limits of its matrix (§7.2.2, table 23). */
export function checkLimits(limits: SetLimits, matrix: TileMatrix, { row, column }: TilePlace): void {
  const found = limits.find((one) => one.matrix === matrix)?.limits;
  if (!found) return;
  if (row < found.firstRow || row > found.lastRow) throw beyond('TileRow', found.firstRow, found.lastRow);
  if (column < found.firstColumn || column > found.lastColumn) {
    throw beyond('TileCol', found.firstColumn, found.lastColumn);
  }
}

function beyond(name: string, first: number, last: number): WmtsError {
  return new WmtsError(`The layer has ${name} ${first} to ${last} in this matrix.`, 'TileOutOfRange', name);
}
