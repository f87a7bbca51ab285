import { InvalidError } from '#domain/errors.js';
import { parseBandScales, type BandScale } from './band-scale.js';
import type { ReadBytes } from './object-ranges.js';
import { readGeoReference, type GeoReference } from './geo-reference.js';
import { readTiffDirectories, TAG, type TiffDirectory } from './tiff-directory.js';
import { readRasterLevel, type RasterLevel } from './raster-level.js';

/** What is needed to draw from a GeoTIFF without reading its header again. Levels run from the full resolution to the coarsest. */
export interface RasterHeader extends GeoReference {
  readonly levels: readonly RasterLevel[];
  /** Coverage of each level where the file has mask images. */
  readonly masks: readonly (RasterLevel | undefined)[];
  readonly nodata: number | undefined;
  /** Red, green, blue of every value, 0-255. */
  readonly palette: Uint8Array | undefined;
  /** 0-based band that holds opacity. */
  readonly alpha: number | undefined;
  /** What the file says of bands (0-based) whose samples are not the values. */
  readonly scales: ReadonlyMap<number, BandScale>;
  /** Memory this header takes. */
  readonly bytes: number;
}

const MAX_METADATA = 1 << 20;
const REDUCED = 1;
const MASK = 4;
const PALETTE = 3;

/** Reads header and block index of all levels, by one range read where the file is a COG. Throws InvalidError for what is no usable GeoTIFF. */
export async function readRasterHeader(read: ReadBytes, signal?: AbortSignal): Promise<RasterHeader> {
  const directories = await readTiffDirectories(read, signal);
  const [first] = directories as [TiffDirectory];
  const images = directories.filter((one, index) => index === 0 || subfile(one) === REDUCED);
  const maskImages = directories.filter((one) => (subfile(one) & MASK) !== 0);
  const full = readRasterLevel(first);
  const levels = images
    .map((one, index) => (index === 0 ? full : readRasterLevel(one)))
    .filter((level) => fits(level, full))
    .toSorted((a, b) => b.width - a.width);
  const masks = maskImages.map(readRasterLevel);
  return {
    ...readGeoReference(first),
    levels,
    masks: levels.map((level) => masks.find((mask) => mask.width === level.width && mask.height === level.height)),
    nodata: nodataOf(first),
    palette: full.photometric === PALETTE ? paletteOf(first) : undefined,
    alpha: alphaOf(first, full.bands),
    scales: parseBandScales(first.text(TAG.gdalMetadata, MAX_METADATA)),
    bytes: 2000 + [...levels, ...masks].reduce((sum, level) => sum + 500 + level.offsets.byteLength * 2, 0),
  };
}

const subfile = (directory: TiffDirectory): number => directory.number(TAG.subfileType, 0);

function fits(level: RasterLevel, full: RasterLevel): boolean {
  return level.bands === full.bands && level.sampleType === full.sampleType && level.width <= full.width;
}

function nodataOf(directory: TiffDirectory): number | undefined {
  const text = directory.text(TAG.nodata)?.trim().toLowerCase();
  if (text === undefined || text === '') return undefined;
  if (/^[-+]?nan/.test(text)) return Number.NaN;
  const value = Number(text.replace(/inf$/, 'Infinity'));
  return Number.isNaN(value) ? undefined : value;
}

function paletteOf(directory: TiffDirectory): Uint8Array {
  const map = directory.values(TAG.colorMap);
  if (map === undefined || map.length < 3 || map.length % 3 !== 0 || map.length > 3 * 65536) {
    throw new InvalidError('The raster is drawn by a palette but has no usable one');
  }
  const size = map.length / 3;
  // TIFF 6.0 §5: all reds, then all greens, then all blues, 0-65535.
  return Uint8Array.from({ length: map.length }, (_, i) => map[(i % 3) * size + Math.floor(i / 3)]! >> 8);
}

/** TIFF 6.0 §18: ExtraSamples 1 (associated) or 2 (unassociated) is opacity. */
function alphaOf(directory: TiffDirectory, bands: number): number | undefined {
  const extra = directory.values(TAG.extraSamples);
  if (extra === undefined) return undefined;
  const index = extra.findIndex((kind) => kind === 1 || kind === 2);
  return index < 0 || extra.length > bands ? undefined : bands - extra.length + index;
}
