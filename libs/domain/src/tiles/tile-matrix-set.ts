/** A box in x/y (easting/northing, lon/lat) order, whatever the authority's axis order; outer edges. */
export type PlaneBox = readonly [minX: number, minY: number, maxX: number, maxY: number];

/** One level of a tile matrix set (OGC 17-083r4 §6.2), its corner in x/y order; row 0 is the upper one, column 0 the left one. */
export interface TileMatrix {
  readonly id: string;
  /** By standardised rendering pixels of 0.28 mm. */
  readonly scaleDenominator: number;
  /** Units of the CRS per pixel. */
  readonly cellSize: number;
  /** Upper left. */
  readonly corner: readonly [x: number, y: number];
  /** Pixels, both ways. */
  readonly tileSize: number;
  readonly columns: number;
  readonly rows: number;
}

/** A tile matrix set (OGC 17-083r4 §6.2). */
export interface TileMatrixSet {
  readonly id: string;
  readonly title: string;
  /** As the raster engine names it, e.g. `EPSG:3857`. */
  readonly crs: string;
  /** The authority's first axis points north: documents that name the CRS by URN or URI write y before x. */
  readonly northFirst: boolean;
  /** Names of the axes in the authority's order. */
  readonly axes: readonly [string, string];
  /** Entry in OGC's register. */
  readonly uri: string;
  /** Well-known scale set of OGC 07-057r7 annex E that all its levels are of. */
  readonly scaleSet?: string;
  /** From the coarsest to the finest. */
  readonly matrices: readonly TileMatrix[];
}

/** The place of a tile. */
export interface TilePlace {
  readonly column: number;
  readonly row: number;
}

/** Whether a matrix has a tile there; false for anything that is no whole number. */
export function hasTile({ columns, rows }: TileMatrix, { column, row }: TilePlace): boolean {
  return Number.isInteger(column) && Number.isInteger(row) && column >= 0 && row >= 0 && column < columns && row < rows;
}

/** The box of a tile; neighbours share their edges to the bit. */
export function tileBounds({ corner, cellSize, tileSize }: TileMatrix, { column, row }: TilePlace): PlaneBox {
  const span = cellSize * tileSize;
  const [left, top] = corner;
  return [left + column * span, top - (row + 1) * span, left + (column + 1) * span, top - row * span];
}

/** The tile a point of the CRS lies in, right of and below edges it is on; undefined outside the matrix. */
export function tileAt(matrix: TileMatrix, x: number, y: number): TilePlace | undefined {
  const span = matrix.cellSize * matrix.tileSize;
  const place = {
    column: Math.floor((x - matrix.corner[0]) / span),
    row: Math.floor((matrix.corner[1] - y) / span),
  };
  return hasTile(matrix, place) ? place : undefined;
}

/** The box of all tiles of a set. */
export function setBounds({ matrices }: TileMatrixSet): PlaneBox {
  const { corner, cellSize, tileSize, columns, rows } = matrices[0]!;
  const span = cellSize * tileSize;
  return [corner[0], corner[1] - rows * span, corner[0] + columns * span, corner[1]];
}

/** The matrix of that identifier. */
export function findMatrix({ matrices }: TileMatrixSet, id: string): TileMatrix | undefined {
  return matrices.find((matrix) => matrix.id === id);
}
