import { InvalidError } from '#domain/errors.js';
import type { ReadBytes } from './object-ranges.js';
import { TiffBytes } from './tiff-bytes.js';

/** TIFF 6.0 tags the renderer needs (GeoTIFF 1.1 and GDAL ones included); all others are skipped unread. */
export const TAG = {
  subfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  extraSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
  pixelScale: 33550,
  tiepoints: 33922,
  transformation: 34264,
  geoKeys: 34735,
  geoDoubles: 34736,
  geoTexts: 34737,
  gdalMetadata: 42112,
  nodata: 42113,
} as const;

const WANTED = new Set<number>(Object.values(TAG));
/** Bytes of one value of each field type (TIFF 6.0 §2, BigTIFF): 0 for unknown ones. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8] as const;
const MAX_DIRECTORIES = 128;
const MAX_ENTRIES = 4096;
const MAX_VALUES = 1 << 22;
/** What a picture is drawn without, too, is left unread where it is longer. */
const LONGEST: ReadonlyMap<number, number> = new Map([
  [TAG.gdalMetadata, 1 << 20],
  [TAG.geoTexts, 1 << 14],
]);

/** The wanted fields of one image file directory. */
export class TiffDirectory {
  constructor(
    private readonly fields: ReadonlyMap<number, Float64Array>,
    readonly littleEndian: boolean,
  ) {}

  /** Every value of a tag as numbers; ASCII as character codes. */
  values(tag: number): Float64Array | undefined {
    return this.fields.get(tag);
  }

  /** The first value of a tag. */
  number(tag: number, absent: number): number {
    return this.fields.get(tag)?.[0] ?? absent;
  }

  /** An ASCII tag up to its first NUL, at most `limit` characters of it. */
  text(tag: number, limit = 256): string | undefined {
    const codes = this.fields.get(tag);
    if (codes === undefined) return undefined;
    const end = codes.indexOf(0);
    return Buffer.from(codes.subarray(0, Math.min(end < 0 ? codes.length : end, limit))).toString('latin1');
  }
}

/** How the numbers of a file are laid out: classic TIFF or BigTIFF. */
interface Layout {
  readonly little: boolean;
  readonly big: boolean;
  readonly countBytes: number;
  readonly entryBytes: number;
  readonly wordBytes: number;
}

/** Reads every image file directory of a classic TIFF or BigTIFF of either byte order. Throws InvalidError for what is no TIFF, loops and lies. */
export async function readTiffDirectories(read: ReadBytes, signal?: AbortSignal): Promise<TiffDirectory[]> {
  const bytes = new TiffBytes(read, signal);
  const { layout, first } = await readStart(bytes);
  const directories: TiffDirectory[] = [];
  const seen = new Set<number>();
  for (let at = first; at !== 0;) {
    if (seen.has(at)) throw new InvalidError('The TIFF directories form a loop');
    if (seen.size === MAX_DIRECTORIES) throw new InvalidError(`The TIFF has more than ${MAX_DIRECTORIES} directories`);
    seen.add(at);
    const { directory, next } = await readDirectory(bytes, layout, at);
    directories.push(directory);
    at = next;
  }
  if (directories.length === 0) throw new InvalidError('The TIFF holds no image');
  return directories;
}

async function readStart(bytes: TiffBytes): Promise<{ layout: Layout; first: number }> {
  const start = await bytes.view(0, 8);
  const order = start.getUint16(0);
  const little = order === 0x4949;
  const version = start.getUint16(2, little);
  if ((order !== 0x4949 && order !== 0x4d4d) || (version !== 42 && version !== 43)) {
    throw new InvalidError('The raster is no TIFF: it does not begin with II or MM and 42 or 43');
  }
  if (version === 42) {
    const layout = { little, big: false, countBytes: 2, entryBytes: 12, wordBytes: 4 };
    return { layout, first: start.getUint32(4, little) };
  }
  const layout = { little, big: true, countBytes: 8, entryBytes: 20, wordBytes: 8 };
  return { layout, first: word(await bytes.view(8, 8), 0, layout) };
}

function word(view: DataView, at: number, { big, little }: Layout): number {
  return big ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
}

async function readDirectory(
  bytes: TiffBytes,
  layout: Layout,
  at: number,
): Promise<{ directory: TiffDirectory; next: number }> {
  const { little, big, countBytes, entryBytes, wordBytes } = layout;
  const head = await bytes.view(at, countBytes);
  const count = big ? word(head, 0, layout) : head.getUint16(0, little);
  if (count === 0 || count > MAX_ENTRIES) throw new InvalidError(`A TIFF directory announces ${count} fields`);
  const body = await bytes.view(at + countBytes, count * entryBytes + wordBytes);
  const fields = new Map<number, Float64Array>();
  for (let i = 0; i < count; i++) {
    const tag = body.getUint16(i * entryBytes, little);
    if (!WANTED.has(tag) || isTooLong(tag, word(body, i * entryBytes + 4, layout))) continue;
    fields.set(tag, await readField(bytes, layout, { body, entry: i * entryBytes, tag }));
  }
  return { directory: new TiffDirectory(fields, little), next: word(body, count * entryBytes, layout) };
}

const isTooLong = (tag: number, count: number): boolean => count > (LONGEST.get(tag) ?? Infinity);

async function readField(
  bytes: TiffBytes,
  layout: Layout,
  { body, entry, tag }: { body: DataView; entry: number; tag: number },
): Promise<Float64Array> {
  const type = body.getUint16(entry + 2, layout.little);
  const count = word(body, entry + 4, layout);
  const size = TYPE_BYTES[type] ?? 0;
  if (size === 0 || count > MAX_VALUES) {
    throw new InvalidError(`TIFF tag ${tag} announces ${count} values of type ${type}`);
  }
  bytes.spend(count);
  const at = entry + 4 + layout.wordBytes;
  const view =
    size * count <= layout.wordBytes
      ? new DataView(body.buffer, body.byteOffset + at, size * count)
      : await bytes.view(word(body, at, layout), size * count);
  return decodeField(view, type, layout.little);
}

function decodeField(view: DataView, type: number, little: boolean): Float64Array {
  const size = TYPE_BYTES[type]!;
  const read = FIELD_READERS[type]!;
  const values = new Float64Array(view.byteLength / size);
  for (let i = 0; i < values.length; i++) values[i] = read(view, i * size, little);
  return values;
}

type FieldReader = (view: DataView, at: number, little: boolean) => number;
const byte: FieldReader = (view, at) => view.getUint8(at);
const long: FieldReader = (view, at, little) => view.getUint32(at, little);
const long8: FieldReader = (view, at, little) => Number(view.getBigUint64(at, little));

const FIELD_READERS: Readonly<Record<number, FieldReader>> = {
  1: byte,
  2: byte,
  3: (view, at, little) => view.getUint16(at, little),
  4: long,
  5: (view, at, little) => view.getUint32(at, little) / view.getUint32(at + 4, little),
  6: (view, at) => view.getInt8(at),
  7: byte,
  8: (view, at, little) => view.getInt16(at, little),
  9: (view, at, little) => view.getInt32(at, little),
  10: (view, at, little) => view.getInt32(at, little) / view.getInt32(at + 4, little),
  11: (view, at, little) => view.getFloat32(at, little),
  12: (view, at, little) => view.getFloat64(at, little),
  13: long,
  16: long8,
  17: (view, at, little) => Number(view.getBigInt64(at, little)),
  18: long8,
};
