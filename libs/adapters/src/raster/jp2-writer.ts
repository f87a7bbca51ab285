import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { InvalidError } from '#domain/errors.js';
import { parseMainHeader, type CodingStyle } from './jp2-codestream.js';
import { equivalentOrigin } from './jp2-tiles.js';
import type { DecodedSamples, Jp2Codec } from './jp2-codec.js';

/** A picture to be written as JP2. `read` gives the pixel-interleaved samples of a window; it is asked tile by tile. */
export interface Jp2Picture {
  readonly width: number;
  readonly height: number;
  readonly components: 1 | 3;
  /** Up to 16 for one component, 8 for three. */
  readonly bits: number;
  /** Where it lies: a GML document (OGC 05-047r3, GMLJP2 1.0). */
  readonly gml?: string;
  read(window: Jp2Window): DecodedSamples;
}

/** Pixels of a picture. */
export interface Jp2Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `tile` is the side of the square tiles (power of two, default 1024); `ratio` asks for lossy compression (default lossless). */
export interface Jp2WriteOptions {
  readonly tile?: number;
  readonly ratio?: number;
  readonly signal?: AbortSignal;
}

const EOC = Buffer.from([0xff, 0xd9]);

/** Writes a JP2 file (ISO/IEC 15444-1 Annex I) of tiles encoded one by one; memory is that of one tile. The file appears complete or not at all. */
export async function writeJp2(
  file: string,
  picture: Jp2Picture,
  codec: Jp2Codec,
  options: Jp2WriteOptions = {},
): Promise<void> {
  const { tile = 1024 } = options;
  if (tile < 32 || (tile & (tile - 1)) !== 0)
    throw new InvalidError(`JPEG 2000 tiles of ${tile} pixels are not written: a power of two from 32 is needed`);
  const partial = `${file}.partial`;
  const out = await open(partial, 'w');
  try {
    const boxes = writeBoxes(picture);
    await out.write(boxes);
    const length = await writeTiles(out, picture, { codec, ...options, tile });
    const size = Buffer.alloc(4);
    size.writeUInt32BE(8 + length);
    await out.write(size, 0, 4, boxes.length - 8);
    await out.close();
    await rename(partial, file);
  } finally {
    await out.close().catch(() => undefined);
    await rm(partial, { force: true });
  }
}

interface Encoding extends Jp2WriteOptions {
  readonly codec: Jp2Codec;
  readonly tile: number;
}

async function writeTiles(out: FileHandle, picture: Jp2Picture, encoding: Encoding): Promise<number> {
  const { width, height } = picture;
  const { tile, codec, signal } = encoding;
  const smallest = Math.min(edge(width, tile), edge(height, tile));
  const levels = Math.min(5, Math.floor(Math.log2(smallest)));
  const across = Math.ceil(width / tile);
  const tiles = across * Math.ceil(height / tile);
  let written = 0;
  for (let index = 0; index < tiles; index++) {
    await setImmediate();
    signal?.throwIfAborted();
    const x = (index % across) * tile;
    const y = Math.floor(index / across) * tile;
    const window = { x, y, width: Math.min(tile, width - x), height: Math.min(tile, height - y) };
    const frame = {
      ...picture,
      width: window.width,
      height: window.height,
      bitsPerSample: picture.bits,
      componentCount: picture.components,
      isSigned: false,
    };
    const codestream = Buffer.from(codec.encode(picture.read(window), frame, { levels, ratio: encoding.ratio }));
    const header = parseMainHeader(codestream);
    checkCut(header.coding, window);
    if (index === 0) written += (await out.write(mainHeader(header, picture, tile))).bytesWritten;
    written += (await out.write(numbered(codestream.subarray(header.length, -EOC.length), index))).bytesWritten;
  }
  return written + (await out.write(EOC)).bytesWritten;
}

const edge = (side: number, tile: number): number => (side % tile === 0 ? tile : side % tile);

/** A tile encoded at the origin is the tile at its place only where both are cut into the same code-blocks. */
function checkCut(coding: CodingStyle, window: Jp2Window): void {
  const moved =
    equivalentOrigin(window.x, window.x + window.width, { coding, axis: 'x' }) +
    equivalentOrigin(window.y, window.y + window.height, { coding, axis: 'y' });
  if (moved !== 0) throw new InvalidError('The JPEG 2000 tiles cannot be put together: choose a larger tile side');
}

function mainHeader(header: { mainHeader: Buffer; sizAt: number }, picture: Jp2Picture, tile: number): Buffer {
  const main = Buffer.from(header.mainHeader);
  [picture.width, picture.height, 0, 0, tile, tile, 0, 0].forEach((value, index) =>
    main.writeUInt32BE(value, header.sizAt + 2 + 4 * index),
  );
  return main;
}

/** Writes the tile's number into its only part (SOT: Isot). */
function numbered(part: Buffer, index: number): Buffer {
  part.writeUInt16BE(index, 4);
  part.writeUInt32BE(part.length, 6);
  return part;
}

function writeBoxes({ width, height, components, bits, gml }: Jp2Picture): Buffer {
  const header = Buffer.alloc(14);
  header.writeUInt32BE(height, 0);
  header.writeUInt32BE(width, 4);
  header.writeUInt16BE(components, 8);
  header.writeUInt8(bits - 1, 10);
  header.writeUInt8(7, 11);
  const colour = Buffer.from([1, 0, 0, 0, 0, 0, components === 3 ? 16 : 17]);
  return Buffer.concat([
    box('jP  ', Buffer.from([0x0d, 0x0a, 0x87, 0x0a])),
    box('ftyp', Buffer.from('jp2 \0\0\0\0jp2 ', 'latin1')),
    box('jp2h', Buffer.concat([box('ihdr', header), box('colr', colour)])),
    gml === undefined ? Buffer.alloc(0) : gmlBox(gml),
    box('jp2c', Buffer.alloc(0)),
  ]);
}

/** The document as the root instance of GML data (OGC 05-047r3 §8.1). */
function gmlBox(gml: string): Buffer {
  const label = (text: string): Buffer => box('lbl ', Buffer.from(text));
  const instance = box('asoc', Buffer.concat([label('gml.root-instance'), box('xml ', Buffer.from(gml))]));
  return box('asoc', Buffer.concat([label('gml.data'), instance]));
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}
