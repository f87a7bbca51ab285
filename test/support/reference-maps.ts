import { runGdal } from './gdal-program.js';

/** A map as gdalwarp draws it with exact positions. */
export interface ReferenceRequest {
  readonly file: string;
  readonly crs: string;
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
  readonly width: number;
  readonly height: number;
  readonly resampling?: 'nearest' | 'bilinear';
  /** 0 is the full resolution. */
  readonly level: number;
  /** 0-based. */
  readonly bands: readonly number[];
  /** What becomes 0 and 255 of every band; without one the colours of the palette. */
  readonly stretch?: { readonly min: number; readonly max: number };
  /** Values as the file's own scale and offset have them. */
  readonly unscaled?: boolean;
}

/** Pixel-interleaved samples, and where there are any. */
export interface DrawnMap {
  readonly values: Uint8Array;
  readonly opaque: readonly boolean[];
}

/** Draws all of them in one process. */
export function referenceMaps(requests: readonly ReferenceRequest[]): readonly DrawnMap[] {
  const bytes = runGdal(PROGRAM, requests);
  let at = 0;
  return requests.map(({ width, height, bands, stretch }) => {
    const pixels = width * height;
    const samples = pixels * (stretch === undefined ? 3 : bands.length);
    const values = bytes.subarray(at, at + samples);
    const opaque = Array.from(bytes.subarray(at + samples, at + samples + pixels), (value) => value !== 0);
    at += samples + pixels;
    return { values, opaque };
  });
}

/** Any opacity but 0 counts, also of 16 bit opacity. */
const PROGRAM = `
for m in asked:
    d = gdal.Open(m['file'])
    w = gdal.Warp('', d, format='MEM', dstSRS=srs(m['crs']), outputBounds=m['bbox'], width=m['width'], height=m['height'],
        errorThreshold=0, dstAlpha=True, resampleAlg='bilinear' if m.get('resampling') == 'bilinear' else 'near',
        overviewLevel='NONE' if m['level'] == 0 else m['level'] - 1)
    bands = [w.GetRasterBand(band + 1).ReadAsArray() for band in m['bands']]
    if 'stretch' in m:
        if m.get('unscaled'):
            own = [d.GetRasterBand(band + 1) for band in m['bands']]
            bands = [a * b.GetScale() + b.GetOffset() for a, b in zip(bands, own)]
        low, high = m['stretch']['min'], m['stretch']['max']
        bands = [np.clip(np.floor(np.nan_to_num((a.astype('f8') - low) * 255 / (high - low)) + .5), 0, 255) for a in bands]
    else:
        table = d.GetRasterBand(1).GetColorTable()
        colours = np.array([table.GetColorEntry(i)[:3] for i in range(table.GetCount())])
        bands = [colours[bands[0], i] for i in range(3)]
    np.stack(bands, -1).astype('u1').tofile(out)
    (w.GetRasterBand(w.RasterCount).ReadAsArray() != 0).astype('u1').tofile(out)
`;

/** Two maps of the same height beside each other as one. */
export function joinMaps(left: DrawnMap, right: DrawnMap, height: number): DrawnMap {
  const rows = Array.from({ length: height }, (_, row) => row);
  const rowOf = ({ opaque }: DrawnMap, row: number): readonly boolean[] => {
    const width = opaque.length / height;
    return opaque.slice(row * width, (row + 1) * width);
  };
  const valuesOf = ({ values }: DrawnMap, row: number): Uint8Array => {
    const width = values.length / height;
    return values.subarray(row * width, (row + 1) * width);
  };
  return {
    values: Buffer.concat(rows.flatMap((row) => [valuesOf(left, row), valuesOf(right, row)])),
    opaque: rows.flatMap((row) => [...rowOf(left, row), ...rowOf(right, row)]),
  };
}
