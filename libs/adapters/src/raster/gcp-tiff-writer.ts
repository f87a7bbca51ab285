import { open, rename, rm } from 'node:fs/promises';
import { InvalidError } from '#domain/errors.js';

/** Ground control point: image column and row, longitude and latitude in degrees (WGS 84), metres above the ellipsoid. */
export interface GcpPoint {
  readonly column: number;
  readonly row: number;
  readonly longitude: number;
  readonly latitude: number;
  readonly height: number;
}

/** A detected SAR image: amplitudes row by row, placed by points. */
export interface GcpImage {
  readonly width: number;
  readonly height: number;
  readonly samples: Uint16Array;
  readonly points: readonly GcpPoint[];
}

const ROWS_PER_STRIP = 64;
/** GeoTIFF 1.1 keys: geographic model (2), pixel is area (1), WGS 84. */
const GEO_KEYS = [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326];

interface Tag {
  readonly tag: number;
  /** TIFF 6.0 field type: 3 short, 4 long, 12 double. */
  readonly type: 3 | 4 | 12;
  readonly values: readonly number[];
}

/** Writes an uncompressed stripped TIFF with ground control points as model tiepoints (OGC GeoTIFF 1.1 §7.1), the form of Sentinel-1 GRD measurements. The file appears complete or not at all; throws InvalidError where samples do not fit the size. */
export async function writeGcpTiff(path: string, image: GcpImage): Promise<void> {
  const { width, height, samples } = image;
  if (samples.length !== width * height || samples.length === 0)
    throw new InvalidError(`${samples.length} samples are not an image of ${width} x ${height}`);
  const partial = `${path}.partial`;
  const file = await open(partial, 'w');
  try {
    await file.write(header(image));
    // Sample order is the machine's; every machine Node runs on is little-endian.
    await file.write(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    await file.close();
    await rename(partial, path);
  } finally {
    await file.close().catch(() => undefined);
    await rm(partial, { force: true });
  }
}

function header(image: GcpImage): Buffer {
  // The strips begin where the header ends, which their number, not their place, decides.
  const length = directory(image, 0).length;
  return directory(image, length);
}

function directory({ width, height, points }: GcpImage, data: number): Buffer {
  const strips = Math.ceil(height / ROWS_PER_STRIP);
  const rowBytes = width * 2;
  const tags: readonly Tag[] = [
    { tag: 256, type: 4, values: [width] },
    { tag: 257, type: 4, values: [height] },
    { tag: 258, type: 3, values: [16] },
    { tag: 259, type: 3, values: [1] },
    { tag: 262, type: 3, values: [1] },
    { tag: 273, type: 4, values: Array.from({ length: strips }, (_, i) => data + i * ROWS_PER_STRIP * rowBytes) },
    { tag: 277, type: 3, values: [1] },
    { tag: 278, type: 4, values: [ROWS_PER_STRIP] },
    { tag: 279, type: 4, values: Array.from({ length: strips }, (_, i) => Math.min(ROWS_PER_STRIP, height - i * ROWS_PER_STRIP) * rowBytes) },
    { tag: 284, type: 3, values: [1] },
    { tag: 339, type: 3, values: [1] },
    { tag: 33922, type: 12, values: points.flatMap((p) => [p.column, p.row, 0, p.longitude, p.latitude, p.height]) },
    { tag: 34735, type: 3, values: GEO_KEYS },
  ]; // prettier-ignore
  return layOut(tags);
}

function layOut(tags: readonly Tag[]): Buffer {
  const start = 8;
  let end = start + 2 + tags.length * 12 + 4;
  const places = tags.map((tag) => {
    const bytes = tag.values.length * SIZE[tag.type];
    if (bytes <= 4) return undefined;
    const place = (end + 7) & ~7;
    end = place + bytes;
    return place;
  });
  const buffer = Buffer.alloc((end + 7) & ~7);
  buffer.write('II', 0, 'latin1');
  buffer.writeUInt16LE(42, 2);
  buffer.writeUInt32LE(start, 4);
  buffer.writeUInt16LE(tags.length, start);
  tags.forEach(({ tag, type, values }, index) => {
    const at = start + 2 + index * 12;
    buffer.writeUInt16LE(tag, at);
    buffer.writeUInt16LE(type, at + 2);
    buffer.writeUInt32LE(values.length, at + 4);
    const place = places[index];
    if (place !== undefined) buffer.writeUInt32LE(place, at + 8);
    values.forEach((value, i) => writeValue(buffer, { type, value, at: (place ?? at + 8) + i * SIZE[type] }));
  });
  return buffer;
}

const SIZE = { 3: 2, 4: 4, 12: 8 } as const;

function writeValue(buffer: Buffer, { type, value, at }: { type: Tag['type']; value: number; at: number }): void {
  if (type === 3) buffer.writeUInt16LE(value, at);
  else if (type === 4) buffer.writeUInt32LE(value, at);
  else buffer.writeDoubleLE(value, at);
}
