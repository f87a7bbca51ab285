import { readFile, writeFile } from 'node:fs/promises';

const SIGNATURE = Buffer.from('OHDR\u0002', 'latin1');
/** Object header flags: times are stored; attribute phase change values are stored; size of chunk 0 is of 1 << (flags & 3) bytes. */
const HAS_TIMES = 0x20;
const HAS_PHASES = 0x10;

/** Sets every creation, change and access time in an HDF5 file (object headers version 2; HDF5 file format 3.0 §IV.A.1.b) to one moment, so that the same content gives the same bytes. */
export async function setHdf5Times(path: string, time: Date): Promise<void> {
  const bytes = await readFile(path);
  for (let at = bytes.indexOf(SIGNATURE); at >= 0; at = bytes.indexOf(SIGNATURE, at + 1)) {
    const flags = bytes[at + 5]!;
    if ((flags & HAS_TIMES) === 0) continue;
    const end = endOfFirstChunk(bytes, at, flags);
    // Anything else that looks like a header, in compressed data, does not carry its own checksum.
    if (end === undefined || lookup3(bytes.subarray(at, end)) !== bytes.readUInt32LE(end)) continue;
    for (let field = 0; field < 4; field++) bytes.writeUInt32LE(Math.floor(time.getTime() / 1000), at + 6 + 4 * field);
    bytes.writeUInt32LE(lookup3(bytes.subarray(at, end)), end);
  }
  await writeFile(path, bytes);
}

function endOfFirstChunk(bytes: Buffer, at: number, flags: number): number | undefined {
  const sizeAt = at + 6 + 16 + ((flags & HAS_PHASES) === 0 ? 0 : 4);
  const sizeBytes = 1 << (flags & 3);
  if (sizeBytes === 8 || sizeAt + sizeBytes > bytes.length) return undefined;
  const end = sizeAt + sizeBytes + bytes.readUIntLE(sizeAt, sizeBytes);
  return end + 4 <= bytes.length ? end : undefined;
}

/** Bob Jenkins' lookup3 (hashlittle, initial value 0), the checksum of HDF5 metadata. */
export function lookup3(bytes: Uint8Array): number {
  let a = (0xdeadbeef + bytes.length) | 0;
  let b = a;
  let c = a;
  if (bytes.length === 0) return c >>> 0;
  const word = (at: number): number => {
    let value = 0;
    for (let i = 3; i >= 0; i--) value = (value << 8) | (bytes[at + i] ?? 0);
    return value;
  };
  let at = 0;
  for (; bytes.length - at > 12; at += 12) {
    a = (a + word(at)) | 0;
    b = (b + word(at + 4)) | 0;
    c = (c + word(at + 8)) | 0;
    a = ((a - c) ^ turn(c, 4)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ turn(a, 6)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ turn(b, 8)) | 0;
    b = (b + a) | 0;
    a = ((a - c) ^ turn(c, 16)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ turn(a, 19)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ turn(b, 4)) | 0;
    b = (b + a) | 0;
  }
  a = (a + word(at)) | 0;
  b = (b + word(at + 4)) | 0;
  c = (c + word(at + 8)) | 0;
  c = ((c ^ b) - turn(b, 14)) | 0;
  a = ((a ^ c) - turn(c, 11)) | 0;
  b = ((b ^ a) - turn(a, 25)) | 0;
  c = ((c ^ b) - turn(b, 16)) | 0;
  a = ((a ^ c) - turn(c, 4)) | 0;
  b = ((b ^ a) - turn(a, 14)) | 0;
  c = ((c ^ b) - turn(b, 24)) | 0;
  return c >>> 0;
}

const turn = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));
