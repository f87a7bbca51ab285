import type { FileHandle } from 'node:fs/promises';
import { InvalidError } from '#domain/errors.js';

/** Where the parts of a JPEG 2000 codestream (ISO/IEC 15444-1 Annex A) lie in a file, and how it is cut. */
export interface Jp2Codestream {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Bits of a sample, unsigned, the same for every component. */
  readonly bits: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly tilesAcross: number;
  readonly tilesDown: number;
  readonly coding: CodingStyle;
  /** Byte range of the codestream in the file. */
  readonly start: number;
  readonly end: number;
  /** Offset of the first SOT in the file. */
  readonly firstTilePart: number;
  /** SOC up to the first SOT, without the markers that index the whole file. */
  readonly mainHeader: Buffer;
  /** Offset of the SIZ parameters (after Lsiz) in `mainHeader`. */
  readonly sizAt: number;
}

/** What the COD marker says of how samples are cut (§A.6.1); sizes are exponents of two. */
export interface CodingStyle {
  readonly levels: number;
  readonly codeBlock: { readonly x: number; readonly y: number };
  /** Per resolution, lowest first. */
  readonly precincts: readonly { readonly x: number; readonly y: number }[];
  /** A component or tile may have a style of its own, unknown here. */
  readonly uniform: boolean;
}

const MAX_SIDE = 32_768;
const MAX_TILES = 16_384;
const MAX_HEADER = 1 << 18;

const SOC = 0xff4f;
const SIZ = 0xff51;
const COD = 0xff52;
const COC = 0xff53;
const SOT = 0xff90;
/** TLM, PLM: positions of parts in the file; wrong once parts are taken out. */
const INDEXES = new Set([0xff55, 0xff57]);
/** PPM: packet headers of all tiles in the main header. */
const PPM = 0xff60;

/** Reads boxes and main header. Throws InvalidError for what is no JPEG 2000, is damaged, or is not of the kind Sentinel products use. */
export async function readJp2Codestream(file: FileHandle): Promise<Jp2Codestream> {
  const { size } = await file.stat();
  const { start, end } = await findCodestream(file, size);
  const head = Buffer.alloc(Math.min(MAX_HEADER, end - start));
  await file.read(head, 0, head.length, start);
  try {
    const { length, ...header } = parseMainHeader(head);
    return { start, end, firstTilePart: start + length, ...header };
  } catch (cause) {
    if (cause instanceof InvalidError) throw cause;
    throw new InvalidError('The JPEG 2000 header is cut short', { cause });
  }
}

/** Box walk of a JP2 file (Annex I.4) to the contiguous codestream; a bare codestream is taken as it is. */
async function findCodestream(file: FileHandle, size: number): Promise<{ start: number; end: number }> {
  for (let at = 0, boxes = 0; at + 8 <= size && boxes < 64; boxes++) {
    const { type, header, length } = await readBox(file, at, size);
    if (at === 0 && type === 'codestream') return { start: 0, end: size };
    if ((at === 0 && type !== 'jP  ') || length < header) break;
    if (type === 'jp2c') return { start: at + header, end: present(at + length, size) };
    at += length;
  }
  throw new InvalidError(size === 0 ? 'The JPEG 2000 file is empty' : 'The file holds no JPEG 2000 picture');
}

function present(end: number, size: number): number {
  if (end > size) throw new InvalidError(`The JPEG 2000 file is cut short: ${end - size} bytes are missing`);
  return end;
}

async function readBox(
  file: FileHandle,
  at: number,
  size: number,
): Promise<{ type: string; header: number; length: number }> {
  const box = Buffer.alloc(16);
  await file.read(box, 0, 16, at);
  const type = box.readUInt16BE(0) === SOC ? 'codestream' : box.toString('latin1', 4, 8);
  const length = box.readUInt32BE(0);
  if (length === 1) return { type, header: 16, length: Number(box.readBigUInt64BE(8)) };
  return { type, header: 8, length: length === 0 ? size - at : length };
}

/** Reads SOC to the first SOT; `length` is where that stands. Throws InvalidError, or RangeError where the header is cut short. */
export function parseMainHeader(
  head: Buffer,
): Omit<Jp2Codestream, 'start' | 'end' | 'firstTilePart'> & { length: number } {
  if (head.readUInt16BE(0) !== SOC || head.readUInt16BE(2) !== SIZ) {
    throw new InvalidError('The file holds no JPEG 2000 codestream');
  }
  const { segments, length } = markerSegments(head);
  const style = segments.find(({ marker }) => marker === COD);
  if (style === undefined) throw new InvalidError('The JPEG 2000 header names no coding style');
  const uniform = !segments.some(({ marker }) => marker === COC || marker === PPM);
  const kept = segments.filter(({ marker }) => !INDEXES.has(marker)).map(({ bytes }) => bytes);
  return {
    length,
    ...parseSize(head.subarray(6, length)),
    coding: parseCodingStyle(style.bytes.subarray(4), uniform),
    mainHeader: Buffer.concat([head.subarray(0, 2), ...kept]),
    sizAt: 6,
  };
}

function markerSegments(head: Buffer): { segments: { marker: number; bytes: Buffer }[]; length: number } {
  const segments: { marker: number; bytes: Buffer }[] = [];
  let at = 2;
  for (let marker = head.readUInt16BE(at); marker !== SOT; marker = head.readUInt16BE(at)) {
    if (marker < 0xff00) throw new InvalidError('The JPEG 2000 header is damaged');
    const end = at + 2 + head.readUInt16BE(at + 2);
    if (end > head.length) throw new InvalidError('The JPEG 2000 header is cut short');
    segments.push({ marker, bytes: head.subarray(at, end) });
    at = end;
  }
  return { segments, length: at };
}

type Size = Omit<Jp2Codestream, 'start' | 'end' | 'firstTilePart' | 'coding' | 'mainHeader' | 'sizAt'>;

function parseSize(siz: Buffer): Size {
  const [width, height, left, top, tileWidth, tileHeight, tileLeft, tileTop] = Array.from({ length: 8 }, (_, i) =>
    siz.readUInt32BE(2 + 4 * i),
  ) as [number, number, number, number, number, number, number, number];
  if ([width, height].some((side) => side < 1 || side > MAX_SIDE)) {
    throw new InvalidError(
      `The JPEG 2000 picture says it is ${width} x ${height} pixels; up to ${MAX_SIDE} a side are read`,
    );
  }
  if (left + top + tileLeft + tileTop !== 0)
    throw new InvalidError('The JPEG 2000 picture does not begin at its grid origin; such pictures are not read');
  if (tileWidth < 1 || tileHeight < 1) throw new InvalidError('The JPEG 2000 picture has tiles of no size');
  const tilesAcross = Math.ceil(width / tileWidth);
  const tilesDown = Math.ceil(height / tileHeight);
  if (tilesAcross * tilesDown > MAX_TILES)
    throw new InvalidError(
      `The JPEG 2000 picture is cut into ${tilesAcross * tilesDown} tiles; up to ${MAX_TILES} are read`,
    );
  const size = {
    width,
    height,
    tileWidth: Math.min(tileWidth, width),
    tileHeight: Math.min(tileHeight, height),
    tilesAcross,
    tilesDown,
  };
  return { ...size, ...parseComponents(siz) };
}

function parseComponents(siz: Buffer): { components: number; bits: number } {
  const components = siz.readUInt16BE(34);
  if (components !== 1 && components !== 3) {
    throw new InvalidError(`The JPEG 2000 picture has ${components} components; 1 or 3 are read`);
  }
  const each = Array.from({ length: components }, (_, c) => siz.subarray(36 + 3 * c, 39 + 3 * c));
  const depth = siz.readUInt8(36);
  if (each.some((component) => component[0] !== depth || component.readUInt16BE(1) !== 0x0101)) {
    throw new InvalidError(
      'The components of the JPEG 2000 picture differ in depth or are subsampled; such pictures are not read',
    );
  }
  const bits = (depth & 0x7f) + 1;
  const signed = depth >= 0x80;
  if (signed || bits > (components === 3 ? 8 : 16)) {
    throw new InvalidError(
      `JPEG 2000 samples of ${components} x ${bits} bits${signed ? ', signed,' : ''} are not read`,
    );
  }
  return { components, bits };
}

function parseCodingStyle(cod: Buffer, uniform: boolean): CodingStyle {
  const levels = cod.readUInt8(5);
  if (levels > 32) throw new InvalidError('The JPEG 2000 header is damaged: impossible number of resolutions');
  const own = (cod.readUInt8(0) & 1) === 1;
  const precincts = Array.from({ length: levels + 1 }, (_, r) => {
    const size = own ? cod.readUInt8(10 + r) : 0xff;
    return { x: size & 15, y: size >> 4 };
  });
  return {
    levels,
    codeBlock: { x: (cod.readUInt8(6) & 15) + 2, y: (cod.readUInt8(7) & 15) + 2 },
    precincts,
    uniform,
  };
}
