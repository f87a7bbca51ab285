import type { ImageFormat } from '#domain/ports/raster-engine.js';
import {
  findMatrix,
  hasTile,
  type TileMatrix,
  type TileMatrixSet,
  type TilePlace,
} from '#domain/tiles/tile-matrix-set.js';
import { TILE_MATRIX_SETS } from '#domain/tiles/tile-matrix-sets.js';
import type { Kvp } from '../ows/kvp.js';
import { formatOfType, TILE_FORMATS } from '../tiles/tile-format.js';
import { parseTileIndex } from '../tiles/tile-address.js';
import { INFO_FORMS, type InfoForm } from '../wms/feature-info-request.js';
import { parseTime, type TimeSelection } from '../wms/time-dimension.js';
import { WmsError } from '../wms/wms-error.js';
import { WmtsError } from './wmts-error.js';
import { mandatory } from './wmts-request.js';

/** The tile a WMTS client asks for. */
export interface GetTileRequest {
  readonly layer: string;
  readonly style: string;
  readonly format: ImageFormat;
  readonly set: TileMatrixSet;
  readonly matrix: TileMatrix;
  readonly place: TilePlace;
  readonly time: TimeSelection;
  /** As it was written; empty where it was not. */
  readonly timeText: string;
}

/** A pixel of a tile, and how its scene is to be told. */
export interface TileInfoRequest {
  readonly tile: GetTileRequest;
  readonly column: number;
  readonly row: number;
  readonly form: InfoForm;
}

/** Longest TIME that is read. */
const LONGEST_TIME = 4000;

/** Reads GetTile (§7.2.1, table 22). The style may be empty but not absent. Throws WmtsError with the parameter as locator. */
export function parseGetTile(kvp: Kvp): GetTileRequest {
  if (mandatory(kvp, 'version') !== '1.0.0') throw invalid('VERSION must be 1.0.0.', 'version');
  const layer = mandatory(kvp, 'layer');
  const style = mandatory(kvp, 'style');
  const format = formatOfType(mandatory(kvp, 'format'));
  if (!format) throw invalid(`FORMAT must be one of ${TILE_FORMATS.join(', ')}.`, 'format');
  const { set, matrix, place } = parsePlace(kvp);
  const timeText = kvp.get('TIME') ?? '';
  return { layer, style, format, set, matrix, place, time: readTime(timeText), timeText };
}

/** Reads GetFeatureInfo (§7.3.1): the tile, I and J in it, a form. Throws WmtsError. */
export function parseTileInfo(kvp: Kvp): TileInfoRequest {
  const tile = parseGetTile(kvp);
  const [column, row] = [pixel(kvp, 'I', tile.matrix), pixel(kvp, 'J', tile.matrix)];
  const type = mandatory(kvp, 'infoformat').split(';')[0]!.trim().toLowerCase();
  const form = INFO_FORMS.get(type);
  if (!form) throw invalid(`INFOFORMAT must be one of ${[...INFO_FORMS.keys()].join(', ')}.`, 'infoformat');
  return { tile, column, row, form };
}

function parsePlace(kvp: Kvp): Pick<GetTileRequest, 'set' | 'matrix' | 'place'> {
  const set = TILE_MATRIX_SETS.get(mandatory(kvp, 'TileMatrixSet'));
  if (!set) throw invalid(`TileMatrixSet must be one of ${[...TILE_MATRIX_SETS.keys()].join(', ')}.`, 'TileMatrixSet');
  const matrix = findMatrix(set, mandatory(kvp, 'TileMatrix'));
  if (!matrix) {
    throw invalid(`${set.id} has the matrices 0 to ${set.matrices.length - 1}.`, 'TileMatrix');
  }
  const place = { row: index(kvp, 'TileRow'), column: index(kvp, 'TileCol') };
  if (!hasTile(matrix, { ...place, column: 0 })) throw outOfRange('TileRow', matrix.rows);
  if (!hasTile(matrix, place)) throw outOfRange('TileCol', matrix.columns);
  return { set, matrix, place };
}

/** Signs and huge numbers are numbers, of no tile; anything else is none. */
function index(kvp: Kvp, name: string): number {
  const text = mandatory(kvp, name);
  const value = parseTileIndex(text);
  if (value !== undefined) return value;
  if (/^[+-]?\d{1,300}$/.test(text)) return -1;
  throw invalid(`${name} must be a whole number.`, name);
}

function pixel(kvp: Kvp, name: string, { tileSize }: TileMatrix): number {
  const value = parseTileIndex(mandatory(kvp, name));
  if (value !== undefined && value < tileSize) return value;
  throw new WmtsError(`${name} must be a pixel of the tile, 0 to ${tileSize - 1}.`, 'PointIJOutOfRange', name);
}

/** The one reader of times, in WMTS's words. */
function readTime(text: string): TimeSelection {
  if (text.length > LONGEST_TIME) throw invalid(`Time is longer than ${LONGEST_TIME} characters.`, 'Time');
  try {
    return parseTime(text);
  } catch (error) {
    if (error instanceof WmsError) throw invalid(error.message, 'Time');
    throw error;
  }
}

function outOfRange(name: string, count: number): WmtsError {
  return new WmtsError(`${name} must be 0 to ${count - 1} in this matrix.`, 'TileOutOfRange', name);
}

function invalid(message: string, locator: string): WmtsError {
  return new WmtsError(message, 'InvalidParameterValue', locator);
}
