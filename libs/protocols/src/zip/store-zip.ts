import { InvalidError } from '#domain/errors.js';

/** One file (or, with a trailing slash and no bytes, one empty folder) to be stored uncompressed. */
export interface StoreZipEntry {
  /** `/`-separated, relative, UTF-8. */
  readonly path: string;
  readonly size: number;
  /** CRC-32 of the bytes, unsigned. */
  readonly crc32: number;
}

/** An entry with its place in the zip. */
export interface PlacedEntry extends StoreZipEntry {
  /** Where the local header begins. */
  readonly headerOffset: number;
  /** Where the bytes begin. */
  readonly offset: number;
  readonly header: Uint8Array;
}

/** A whole zip before a byte of content is read: its size is known, its parts can be served by range. */
export interface StoreZipLayout {
  readonly entries: readonly PlacedEntry[];
  readonly directory: Uint8Array;
  readonly size: number;
}

const UTF8_NAMES = 0x0800;
const DOS_EPOCH_DATE = 0x0021;
const MAX32 = 0xffffffff;
const MAX16 = 0xffff;

/**
 * Lays out a zip of method 0 (APPNOTE.TXT 6.3.10 §4.3, ZIP64 §4.5.3 only where needed). The same entries always give the same
 * bytes: sorted by path, dates at the DOS epoch, no extra fields. Throws InvalidError for duplicate or over-long names.
 */
export function layoutStoreZip(entries: readonly StoreZipEntry[]): StoreZipLayout {
  const sorted = entries.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const placed: PlacedEntry[] = [];
  let position = 0;
  for (const entry of sorted) {
    if (placed.at(-1)?.path === entry.path)
      throw new InvalidError(`The name ${entry.path} occurs twice.`, { subject: entry.path });
    const header = localHeader(entry);
    placed.push({ ...entry, header, headerOffset: position, offset: position + header.length });
    position += header.length + entry.size;
  }
  const directory = centralDirectory(placed, position);
  return { entries: placed, directory, size: position + directory.length };
}

/** The bytes of a laid-out zip; `read` gives an entry's content, whose length must be its size (InvalidError otherwise). */
export async function* writeStoreZip(
  layout: StoreZipLayout,
  read: (entry: PlacedEntry) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (const entry of layout.entries) {
    yield entry.header;
    let length = 0;
    if (entry.size > 0) {
      for await (const chunk of read(entry)) {
        length += chunk.length;
        yield chunk;
      }
    }
    if (length !== entry.size)
      throw new InvalidError(`${entry.path} changed while it was read.`, { subject: entry.path });
  }
  yield layout.directory;
}

function localHeader(entry: StoreZipEntry): Uint8Array {
  const name = nameBytes(entry.path);
  const large = entry.size >= MAX32;
  const header = Buffer.alloc(30 + name.length + (large ? 20 : 0));
  header.writeUInt32LE(0x04034b50, 0);
  writeCommon(header, 4, entry, large);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(large ? 20 : 0, 28);
  name.copy(header, 30);
  if (large) writeZip64(header, 30 + name.length, [entry.size, entry.size]);
  return header;
}

function centralDirectory(entries: readonly PlacedEntry[], start: number): Uint8Array {
  const records = entries.map(centralRecord);
  const size = records.reduce((sum, record) => sum + record.length, 0);
  const large = entries.length >= MAX16 || start >= MAX32 || size >= MAX32;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(entries.length, MAX16), 8);
  end.writeUInt16LE(Math.min(entries.length, MAX16), 10);
  end.writeUInt32LE(Math.min(size, MAX32), 12);
  end.writeUInt32LE(Math.min(start, MAX32), 16);
  return Buffer.concat([...records, ...(large ? [zip64End(entries.length, size, start)] : []), end]);
}

function centralRecord(entry: PlacedEntry): Buffer {
  const name = nameBytes(entry.path);
  const large = entry.size >= MAX32;
  const far = entry.headerOffset >= MAX32;
  const wide = [...(large ? [entry.size, entry.size] : []), ...(far ? [entry.headerOffset] : [])];
  const extra = wide.length === 0 ? 0 : 4 + 8 * wide.length;
  const record = Buffer.alloc(46 + name.length + extra);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(large || far ? 45 : 20, 4);
  writeCommon(record, 6, entry, large || far);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt16LE(extra, 30);
  record.writeUInt32LE(far ? MAX32 : entry.headerOffset, 42);
  name.copy(record, 46);
  if (extra > 0) writeZip64(record, 46 + name.length, wide);
  return record;
}

/** Version needed, flags, method, time, date, CRC-32 and both sizes: the run of fields both header kinds share. */
function writeCommon(target: Buffer, at: number, entry: StoreZipEntry, zip64: boolean): void {
  const size = Math.min(entry.size, MAX32);
  target.writeUInt16LE(zip64 ? 45 : 20, at);
  target.writeUInt16LE(UTF8_NAMES, at + 2);
  target.writeUInt16LE(DOS_EPOCH_DATE, at + 8);
  target.writeUInt32LE(entry.crc32, at + 10);
  target.writeUInt32LE(size, at + 14);
  target.writeUInt32LE(size, at + 18);
}

function writeZip64(target: Buffer, at: number, values: readonly number[]): void {
  target.writeUInt16LE(0x0001, at);
  target.writeUInt16LE(8 * values.length, at + 2);
  values.forEach((value, index) => target.writeBigUInt64LE(BigInt(value), at + 4 + 8 * index));
}

/** ZIP64 end of central directory record and its locator (§4.3.14, §4.3.15). */
function zip64End(count: number, size: number, start: number): Buffer {
  const end = Buffer.alloc(76);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(start), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(start + size), 64);
  end.writeUInt32LE(1, 72);
  return end;
}

function nameBytes(path: string): Buffer {
  const bytes = Buffer.from(path, 'utf8');
  if (bytes.length === 0 || bytes.length > MAX16)
    throw new InvalidError('A file name is empty or too long for a zip.', { subject: path });
  return bytes;
}
