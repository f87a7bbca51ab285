import { geoKeys } from '#adapters/raster/cog-spec.js';
import type { SampleDepth } from '#protocols/sentinelhub/instance-format.js';

/** Samples side by side on a grid, as a TIFF keeps them. */
export interface SamplesTiff {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly depth: SampleDepth;
  /** Whether the last band is opacity. */
  readonly hasMask: boolean;
  readonly crs: string;
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
}

const BYTES: Readonly<Record<SampleDepth, number>> = { uint8: 1, uint16: 2, float32: 4 };
const TYPE = { short: 3, long: 4, double: 12 } as const;
const SIZE: Readonly<Record<number, number>> = { 3: 2, 4: 4, 12: 8 };
/** About so many bytes make a strip. */
const STRIP_BYTES = 65_536;

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly values: readonly number[];
}

/** Bytes of all samples. */
export function sampleBytes({ width, height, bands, depth }: SamplesTiff): number {
  return width * height * bands * BYTES[depth];
}

/**
 * What stands before the samples of a TIFF without compression, which every reader of arrays reads: samples follow by pixel, row by row (TIFF 6.0; GeoTIFF
 * 1.1). Throws InvalidError for systems without an EPSG code.
 */
export function writeSamplesHeader(tiff: SamplesTiff): Buffer {
  const length = layout(tiff, 0).length;
  return layout(tiff, length);
}

function layout(tiff: SamplesTiff, start: number): Buffer {
  const entries = entriesOf(tiff, start).toSorted((a, b) => a.tag - b.tag);
  const directory = 8 + 2 + entries.length * 12 + 4;
  const places: number[] = [];
  let end = directory;
  for (const { type, values } of entries) {
    const bytes = values.length * SIZE[type]!;
    places.push(bytes > 4 ? end : 0);
    if (bytes > 4) end += (bytes + 7) & ~7;
  }
  const header = Buffer.alloc(end);
  header.write('II*\0', 0, 'latin1');
  header.writeUInt32LE(8, 4);
  header.writeUInt16LE(entries.length, 8);
  entries.forEach(({ tag, type, values }, index) => {
    const at = 10 + index * 12;
    header.writeUInt16LE(tag, at);
    header.writeUInt16LE(type, at + 2);
    header.writeUInt32LE(values.length, at + 4);
    if (places[index] !== 0) header.writeUInt32LE(places[index]!, at + 8);
    putValues(header, type, { values, at: places[index] || at + 8 });
  });
  return header;
}

function entriesOf(tiff: SamplesTiff, start: number): readonly Entry[] {
  const { width, height, bands, depth, hasMask, crs, bbox } = tiff;
  const each = (value: number): number[] => Array.from({ length: bands }, () => value);
  const isRgb = depth === 'uint8' && bands === (hasMask ? 4 : 3);
  const extra = each(0).slice(isRgb ? 3 : 1);
  const row = width * bands * BYTES[depth];
  const rows = Math.min(height, Math.max(1, Math.floor(STRIP_BYTES / row)));
  const count = Math.ceil(height / rows);
  const offsets = Array.from({ length: count }, (_, index) => start + index * rows * row);
  const sizes = offsets.map((_, index) => Math.min(rows, height - index * rows) * row);
  const short = (tag: number, ...values: number[]): Entry => ({ tag, type: TYPE.short, values });
  const long = (tag: number, values: readonly number[]): Entry => ({ tag, type: TYPE.long, values });
  const double = (tag: number, ...values: number[]): Entry => ({ tag, type: TYPE.double, values });
  return [
    long(256, [width]),
    long(257, [height]),
    short(258, ...each(BYTES[depth] * 8)),
    short(259, 1),
    short(262, isRgb ? 2 : 1),
    long(273, offsets),
    short(277, bands),
    long(278, [rows]),
    long(279, sizes),
    short(284, 1),
    ...(extra.length > 0 ? [short(338, ...(hasMask && depth === 'uint8' ? extra.with(-1, 2) : extra))] : []),
    short(339, ...each(depth === 'float32' ? 3 : 1)),
    double(33550, (bbox[2] - bbox[0]) / width, (bbox[3] - bbox[1]) / height, 0),
    double(33922, 0, 0, 0, bbox[0], bbox[3], 0),
    short(34735, ...geoKeys(crs)),
  ];
}

function putValues(to: Buffer, type: number, { values, at }: { values: readonly number[]; at: number }): void {
  values.forEach((value, index) => {
    const place = at + index * SIZE[type]!;
    if (type === TYPE.short) to.writeUInt16LE(value, place);
    else if (type === TYPE.long) to.writeUInt32LE(value, place);
    else to.writeDoubleLE(value, place);
  });
}
