import type { TileMatrix, TileMatrixSet } from './tile-matrix-set.js';

const TILE = 256;
/** OGC 17-083r4 §6.1: metres of a standardised rendering pixel. */
const PIXEL = 0.000_28;
const MERCATOR_EDGE = 20_037_508.342_789_244;
/** Metres of a degree along the equator of WGS 84. */
const DEGREE = (6_378_137 * Math.PI) / 180;
const REGISTER = 'http://www.opengis.net/def/tilematrixset/OGC/1.0';

/** What a quadtree grows from: its first level, and how many there are. */
interface QuadTree {
  readonly corner: readonly [number, number];
  readonly cellSize: number;
  readonly metresPerUnit?: number;
  readonly columns: number;
  readonly rows?: number;
  readonly levels: number;
  /** Number of the first level, 0 where nothing is said. */
  readonly first?: number;
}

function quadTree(tree: QuadTree): readonly TileMatrix[] {
  const { corner, cellSize, metresPerUnit = 1, columns, rows = 1, levels, first = 0 } = tree;
  return Array.from({ length: levels }, (_, level) => {
    const size = cellSize / 2 ** level;
    return {
      id: String(first + level),
      scaleDenominator: (size * metresPerUnit) / PIXEL,
      cellSize: size,
      corner,
      tileSize: TILE,
      columns: columns * 2 ** level,
      rows: rows * 2 ** level,
    };
  });
}

/** Web Mercator as every web map has it. */
export const WEB_MERCATOR_QUAD: TileMatrixSet = {
  id: 'WebMercatorQuad',
  title: 'Web Mercator',
  crs: 'EPSG:3857',
  northFirst: false,
  axes: ['X', 'Y'],
  uri: `${REGISTER}/WebMercatorQuad`,
  scaleSet: 'urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible',
  matrices: quadTree({
    corner: [-MERCATOR_EDGE, MERCATOR_EDGE],
    cellSize: (2 * MERCATOR_EDGE) / TILE,
    columns: 1,
    levels: 23,
  }),
};

/** The sets tiles are drawn in, by identifier (OGC 17-083r4 annex D, and OGC's register). The finest levels are below a metre. */
export const TILE_MATRIX_SETS: ReadonlyMap<string, TileMatrixSet> = new Map(
  [
    WEB_MERCATOR_QUAD,
    {
      id: 'WorldCRS84Quad',
      title: 'Longitude and latitude',
      crs: 'CRS:84',
      northFirst: false,
      axes: ['Lon', 'Lat'] as const,
      uri: `${REGISTER}/WorldCRS84Quad`,
      matrices: quadTree({
        corner: [-180, 90],
        cellSize: 180 / TILE,
        metresPerUnit: DEGREE,
        columns: 2,
        levels: 22,
      }),
    },
    {
      id: 'EuropeanETRS89_LAEAQuad',
      title: 'Europe, Lambert azimuthal equal area',
      crs: 'EPSG:3035',
      northFirst: true,
      axes: ['Y', 'X'] as const,
      uri: `${REGISTER}/EuropeanETRS89_LAEAQuad`,
      matrices: quadTree({ corner: [2_000_000, 5_500_000], cellSize: 4_500_000 / TILE, columns: 1, levels: 16 }),
    },
    ...Array.from({ length: 60 }, (_, index) => utmQuad(index + 1)),
  ].map((set) => [set.id, set]),
);

/** A zone's set of the register: both hemispheres, the southern one at negative northings. */
function utmQuad(zone: number): TileMatrixSet {
  const digits = String(zone).padStart(2, '0');
  return {
    id: `UTM${digits}WGS84Quad`,
    title: `UTM zone ${zone}`,
    crs: `EPSG:326${digits}`,
    northFirst: false,
    axes: ['E', 'N'],
    uri: `${REGISTER}/UTM${digits}WGS84Quad`,
    matrices: quadTree({
      corner: [-9_501_965.729_312_76, 20_003_931.458_625_5],
      cellSize: 20_003_931.458_625_5 / TILE,
      columns: 1,
      rows: 2,
      levels: 20,
      first: 1,
    }),
  };
}
