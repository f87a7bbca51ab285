import { setBounds, type TileMatrix, type TileMatrixSet } from '#domain/tiles/tile-matrix-set.js';
import { crsUri } from '../wcs/coverage-crs.js';
import { JSON_TYPE, type MapLink } from './map-link.js';

/** `/tileMatrixSets` (OGC 20-057 §10.2): every set in short. */
export function writeTileMatrixSets(sets: readonly TileMatrixSet[], root: string): object {
  const href = `${root}/tileMatrixSets`;
  return {
    links: [{ rel: 'self', href, type: JSON_TYPE }] satisfies readonly MapLink[],
    tileMatrixSets: sets.map((set) => ({
      id: set.id,
      title: set.title,
      uri: set.uri,
      crs: crsUri(set.crs),
      links: [{ rel: 'self', href: `${href}/${set.id}`, type: JSON_TYPE, title: set.title }] satisfies MapLink[],
    })),
  };
}

/** A set as JSON (OGC 17-083r4 §7.1.1), with the members of version 1.0 (17-083r2) besides, which GDAL before 3.8 reads. Points are in the order of `orderedAxes`. */
export function writeTileMatrixSet(set: TileMatrixSet): object {
  const [minX, minY, maxX, maxY] = setBounds(set);
  return {
    id: set.id,
    title: set.title,
    uri: set.uri,
    crs: crsUri(set.crs),
    orderedAxes: set.axes,
    ...(set.scaleSet !== undefined && { wellKnownScaleSet: scaleSetUri(set.scaleSet) }),
    boundingBox: { lowerLeft: inOrder(set, minX, minY), upperRight: inOrder(set, maxX, maxY), crs: crsUri(set.crs) },
    tileMatrices: set.matrices.map((matrix) => writeMatrix(set, matrix)),
    ...versionOne(set),
  };
}

/** A point in the axis order of the set's CRS. */
export function inOrder({ northFirst }: TileMatrixSet, x: number, y: number): readonly [number, number] {
  return northFirst ? [y, x] : [x, y];
}

function writeMatrix(set: TileMatrixSet, matrix: TileMatrix): object {
  return {
    id: matrix.id,
    scaleDenominator: matrix.scaleDenominator,
    cellSize: matrix.cellSize,
    cornerOfOrigin: 'topLeft',
    pointOfOrigin: inOrder(set, ...matrix.corner),
    tileWidth: matrix.tileSize,
    tileHeight: matrix.tileSize,
    matrixWidth: matrix.columns,
    matrixHeight: matrix.rows,
  };
}

function versionOne(set: TileMatrixSet): object {
  return {
    type: 'TileMatrixSetType',
    identifier: set.id,
    supportedCRS: crsUri(set.crs),
    tileMatrix: set.matrices.map((matrix) => ({
      identifier: matrix.id,
      scaleDenominator: matrix.scaleDenominator,
      topLeftCorner: inOrder(set, ...matrix.corner),
      tileWidth: matrix.tileSize,
      tileHeight: matrix.tileSize,
      matrixWidth: matrix.columns,
      matrixHeight: matrix.rows,
    })),
  };
}

/** `urn:ogc:def:wkss:OGC:1.0:X` as the address of the register. */
function scaleSetUri(urn: string): string {
  return `http://www.opengis.net/def/wkss/OGC/1.0/${urn.slice(urn.lastIndexOf(':') + 1)}`;
}
