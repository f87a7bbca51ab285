import { open, type FileHandle } from 'node:fs/promises';
import { InvalidError } from '#domain/errors.js';

/** The numbers a TIFF carries about its place on Earth (OGC GeoTIFF 1.1 §7.1), as they stand in its first directory. */
export interface GeoTags {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly bits: number;
  /** TIFF SampleFormat: 1 unsigned, 2 signed, 3 float, 5 complex integer. */
  readonly sampleFormat: number;
  /** ModelTiepoint: column, row, 0, x, y, z of each. */
  readonly tiepoints: readonly number[];
  /** ModelPixelScale; empty where there is none. */
  readonly pixelScale: readonly number[];
  /** GeoKeyDirectory; empty where there is none. */
  readonly geoKeys: readonly number[];
  /** GDAL's nodata value, where one is set. */
  readonly nodata: number | undefined;
}

const SIZES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 12: 8, 16: 8 };
const MAX_ENTRIES = 4096;
const MAX_VALUE_BYTES = 4 << 20;
const WANTED = new Set([256, 257, 258, 277, 339, 33550, 33922, 34735, 42113]);

/** Reads the first directory of a TIFF or BigTIFF of either byte order. Throws InvalidError for other and damaged files. */
export async function readGeoTags(path: string): Promise<GeoTags> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const file = await open(path, 'r');
  try {
    const size = (await file.stat()).size;
    if (size === 0) throw new InvalidError(`${name} is empty`, { subject: name });
    return await new TiffDirectory(file, name).read();
  } catch (cause) {
    if (cause instanceof InvalidError) throw cause;
    throw new InvalidError(`${name} is a damaged TIFF`, { subject: name, cause });
  } finally {
    await file.close();
  }
}

class TiffDirectory {
  private little = true;
  private big = false;

  constructor(
    private readonly file: FileHandle,
    private readonly name: string,
  ) {}

  async read(): Promise<GeoTags> {
    const start = await this.bytes(0, 16);
    this.little = start.toString('latin1', 0, 2) === 'II';
    const magic = this.little ? start.readUInt16LE(2) : start.readUInt16BE(2);
    if (!/^(II|MM)$/.test(start.toString('latin1', 0, 2)) || (magic !== 42 && magic !== 43)) {
      throw new InvalidError(`${this.name} is no TIFF`, { subject: this.name });
    }
    this.big = magic === 43;
    const tags = await this.directory(this.offset(start, this.big ? 8 : 4));
    const one = (tag: number, otherwise: number): number => tags.get(tag)?.[0] ?? otherwise;
    return {
      width: one(256, 0),
      height: one(257, 0),
      bands: one(277, 1),
      bits: one(258, 1),
      sampleFormat: one(339, 1),
      tiepoints: tags.get(33922) ?? [],
      pixelScale: tags.get(33550) ?? [],
      geoKeys: tags.get(34735) ?? [],
      nodata: nodataOf(tags.get(42113)),
    };
  }

  private async directory(at: number): Promise<Map<number, number[]>> {
    const [head, entry] = this.big ? [8, 20] : [2, 12];
    const start = await this.bytes(at, head);
    const count = this.big ? this.offset(start, 0) : this.number(start, 3, 0);
    if (count > MAX_ENTRIES) throw new InvalidError(`${this.name} is a damaged TIFF`, { subject: this.name });
    const body = await this.bytes(at + head, count * entry);
    const tags = new Map<number, number[]>();
    for (let i = 0; i < count; i++) {
      const tag = this.number(body, 3, i * entry);
      if (WANTED.has(tag)) tags.set(tag, await this.values(body.subarray(i * entry, (i + 1) * entry)));
    }
    return tags;
  }

  private async values(entry: Buffer): Promise<number[]> {
    const type = this.number(entry, 3, 2);
    const count = this.offset(entry, 4);
    const size = SIZES[type];
    if (size === undefined || count * size > MAX_VALUE_BYTES)
      throw new InvalidError(`${this.name} is a damaged TIFF`, { subject: this.name });
    const inline = entry.subarray(this.big ? 12 : 8);
    const bytes = count * size <= inline.length ? inline : await this.bytes(this.offset(inline, 0), count * size);
    return Array.from({ length: count }, (_, i) => this.number(bytes, type, i * size));
  }

  private async bytes(at: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await this.file.read(bytes, 0, length, at);
    if (bytesRead < length) throw new InvalidError(`${this.name} is cut short`, { subject: this.name });
    return bytes;
  }

  private offset(from: Buffer, at: number): number {
    return this.number(from, this.big ? 16 : 4, at);
  }

  private number(from: Buffer, type: number, at: number): number {
    const view = new DataView(from.buffer, from.byteOffset, from.length);
    if (type === 3) return view.getUint16(at, this.little);
    if (type === 4) return view.getUint32(at, this.little);
    if (type === 12) return view.getFloat64(at, this.little);
    if (type === 16) return Number(view.getBigUint64(at, this.little));
    return view.getUint8(at);
  }
}

function nodataOf(ascii: readonly number[] | undefined): number | undefined {
  if (ascii === undefined) return undefined;
  const text = String.fromCharCode(...ascii.slice(0, 64)).replace(/\0.*$/s, '');
  const value = /^nan$/i.test(text.trim()) ? Number.NaN : Number(text);
  return text.trim() === '' || (Number.isNaN(value) && !/nan/i.test(text)) ? undefined : value;
}
