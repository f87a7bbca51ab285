import { setBounds, type TileMatrix, type TileMatrixSet } from '#domain/tiles/tile-matrix-set.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';

/** The CRS of a set by URN, in the axis order of its authority. */
function urnOf({ crs }: TileMatrixSet): string {
  if (crs === 'CRS:84') return 'urn:ogc:def:crs:OGC:1.3:CRS84';
  // WMTS 1.0.0 annex E names the edition of the register with this one scale set.
  if (crs === 'EPSG:3857') return 'urn:ogc:def:crs:EPSG:6.18:3:3857';
  return `urn:ogc:def:crs:EPSG::${crs.slice('EPSG:'.length)}`;
}

/** A `TileMatrixSet` each (§7.1.1.3, table 10). */
export function tileMatrixSetMarkup(sets: readonly TileMatrixSet[]): readonly XmlMarkup[] {
  return sets.map((set) => {
    const [minX, minY, maxX, maxY] = setBounds(set);
    const crs = urnOf(set);
    return el(
      'TileMatrixSet',
      {},
      el('ows:Title', {}, set.title),
      el('ows:Identifier', {}, set.id),
      el(
        'ows:BoundingBox',
        { crs },
        el('ows:LowerCorner', {}, pair(set, minX, minY)),
        el('ows:UpperCorner', {}, pair(set, maxX, maxY)),
      ),
      el('ows:SupportedCRS', {}, crs),
      set.scaleSet !== undefined && el('WellKnownScaleSet', {}, set.scaleSet),
      set.matrices.map((matrix) => matrixMarkup(set, matrix)),
    );
  });
}

function matrixMarkup(set: TileMatrixSet, matrix: TileMatrix): XmlMarkup {
  return el(
    'TileMatrix',
    {},
    el('ows:Identifier', {}, matrix.id),
    el('ScaleDenominator', {}, matrix.scaleDenominator),
    el('TopLeftCorner', {}, pair(set, ...matrix.corner)),
    el('TileWidth', {}, matrix.tileSize),
    el('TileHeight', {}, matrix.tileSize),
    el('MatrixWidth', {}, matrix.columns),
    el('MatrixHeight', {}, matrix.rows),
  );
}

function pair({ northFirst }: TileMatrixSet, x: number, y: number): string {
  return northFirst ? `${y} ${x}` : `${x} ${y}`;
}
