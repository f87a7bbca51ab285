import { crsDefinition } from '#adapters/raster/crs-definitions.js';
import { runGdal } from './gdal-program.js';
import { SIZE, type View } from './warp-views.js';

/** Exact positions in the source, and the column and row gdalwarp takes (-1: none). */
export interface ExactPositions {
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly column: Float64Array;
  readonly row: Float64Array;
}

/** The exact positions of every view, from one process. */
export function exactPositions(views: readonly View[]): readonly ExactPositions[] {
  const asked = views.map(({ source, crs, bbox }) => ({ ...source, bbox, size: SIZE, sourceProj: projOf(source.crs), targetProj: projOf(crs) })); // prettier-ignore
  const doubles = new Float64Array(runGdal(PROGRAM, asked).buffer);
  return views.map((_, index) => {
    const [u, v, column, row] = [0, 1, 2, 3].map((which) => partOf(doubles, 4 * index + which));
    return { u: u!, v: v!, column: column!, row: row! };
  });
}

function partOf(doubles: Float64Array, index: number): Float64Array {
  return doubles.subarray(index * SIZE * SIZE, (index + 1) * SIZE * SIZE);
}

/** Ours that name no datum are WGS 84 within a metre; PROJ shifts nothing between these and what has a shift. */
function projOf(crs: string): string {
  const { proj } = crsDefinition(crs)!;
  return /datum|towgs84|nadgrids/.test(proj) ? proj : `${proj} +towgs84=0,0,0`;
}

/** Writes for every view, as doubles pixel by pixel: exact column and row of the source by PROJ, and what gdalwarp -et 0 -r near takes. */
const PROGRAM = `
for v in asked:
    s, t, n = srs(v['sourceProj']), srs(v['targetProj']), v['size']
    m = gdal.GetDriverByName('MEM').Create('', v['width'], v['height'], 2, gdal.GDT_Int16)
    m.SetProjection(s.ExportToWkt())
    m.SetGeoTransform([v['origin'][0], v['pixel'], 0, v['origin'][1], 0, -v['pixel']])
    m.GetRasterBand(1).WriteArray(np.tile(np.arange(v['width']), (v['height'], 1)))
    m.GetRasterBand(2).WriteArray(np.tile(np.arange(v['height'])[:, None], (1, v['width'])))
    x0, y0, x1, y1 = v['bbox']
    xs, ys = np.meshgrid(x0 + (np.arange(n) + .5) * (x1 - x0) / n, y1 - (np.arange(n) + .5) * (y1 - y0) / n)
    p = np.column_stack([xs.ravel(), ys.ravel()])
    q = np.array(osr.CoordinateTransformation(t, s).TransformPoints(p)) if v['sourceProj'] != v['targetProj'] else p
    u, w = (q[:, 0] - v['origin'][0]) / v['pixel'], (v['origin'][1] - q[:, 1]) / v['pixel']
    try:
        d = gdal.Warp('', m, format='MEM', dstSRS=t, outputBounds=v['bbox'], width=n, height=n, errorThreshold=0, resampleAlg='near', dstNodata=-1).ReadAsArray().astype('f8')
    except RuntimeError:
        d = np.full((2, n, n), -1.0)
    np.concatenate([u, w, d[0].ravel(), d[1].ravel()]).astype('<f8').tofile(out)
`;
