import { InvalidError } from '#domain/errors.js';

/** Sample arrays a COG can be written from; pixel-interleaved where there are several bands. */
export type Samples = Uint8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** Sample types the COG writer knows. */
export type CogSampleType = 'uint8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64';

/** A north-up raster to be written: `origin` is the outer upper left corner, `pixelSize` is positive, both in x/y order of `crs`. */
export interface CogSpec {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly sampleType: CogSampleType;
  /** `EPSG:<code>` or `CRS:84`. */
  readonly crs: string;
  readonly origin: readonly [number, number];
  readonly pixelSize: readonly [number, number];
  readonly nodata?: number;
  /** Whether the last band is opacity (TIFF 6.0 §18: unassociated alpha). */
  readonly alpha?: boolean;
}

/** Edge of the square blocks of every COG written here, in pixels. */
export const COG_BLOCK = 256;

const MAX_SIDE = 1 << 20;
const MAX_BANDS = 64;

/** Bytes of one sample. */
export const SAMPLE_BYTES: Readonly<Record<CogSampleType, number>> = {
  uint8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  float32: 4,
  float64: 8,
};

/** A zeroed sample array of the type. */
export function allocateSamples(type: CogSampleType, length: number): Samples {
  return new ARRAYS[type](length);
}

const ARRAYS = {
  uint8: Uint8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** Throws InvalidError where the raster cannot be a COG. */
export function checkCogSpec(spec: CogSpec): void {
  const { width, height, bands, origin, pixelSize } = spec;
  if (![width, height].every((n) => Number.isInteger(n) && n >= 1 && n <= MAX_SIDE)) {
    throw new InvalidError(
      `A raster of ${width} x ${height} pixels cannot be written: each side must be 1 to ${MAX_SIDE}`,
    );
  }
  if (!Number.isInteger(bands) || bands < 1 || bands > MAX_BANDS) {
    throw new InvalidError(`A raster of ${bands} bands cannot be written: it must have 1 to ${MAX_BANDS}`);
  }
  if (![...origin, ...pixelSize].every(Number.isFinite) || pixelSize.some((size) => size <= 0)) {
    throw new InvalidError('The raster has no usable georeference: corner and positive pixel size are needed');
  }
  geoKeys(spec.crs);
}

/** EPSG codes of the geographic systems Sentinel products and their users meet: WGS 84, ETRS89, ED50, NAD83, NAD27, DHDN, MGI, RGF93, WGS 72. */
const GEOGRAPHIC = new Set([4326, 4258, 4230, 4269, 4267, 4314, 4312, 4171, 4322]);

/** GeoKeyDirectory of a CRS, PixelIsArea (OGC GeoTIFF 1.1 §7.1). Throws InvalidError for CRSs without an EPSG code. */
export function geoKeys(crs: string): number[] {
  const code = crs === 'CRS:84' ? 4326 : Number(/^EPSG:(\d{4,5})$/.exec(crs)?.[1]);
  if (!Number.isInteger(code))
    throw new InvalidError(`A GeoTIFF cannot be written in ${crs}: an EPSG code is needed`, { subject: crs });
  const keys = GEOGRAPHIC.has(code)
    ? [1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, code, 2054, 0, 1, 9102]
    : [1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, code, 3076, 0, 1, 9001];
  return [1, 1, 0, keys.length / 4, ...keys];
}
