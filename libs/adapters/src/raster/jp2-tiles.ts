import type { FileHandle } from 'node:fs/promises';
import { InvalidError } from '#domain/errors.js';
import type { CodingStyle, Jp2Codestream } from './jp2-codestream.js';

/** Byte ranges of each tile's parts in the file, in tile order. */
export type TileParts = readonly (readonly { readonly at: number; readonly length: number }[])[];

const MAX_PARTS = 65_536;
const MAX_TILE_BYTES = 256 << 20;
/** Beyond this a tile's place cannot be kept while it is decoded alone (see equivalentOrigin). */
const MAX_ORIGIN = 2048;

/** Hops over the SOT markers (ISO/IEC 15444-1 §A.4.2). Throws InvalidError where tiles are missing or cut short. */
export async function indexTileParts(file: FileHandle, stream: Jp2Codestream): Promise<TileParts> {
  const parts: { at: number; length: number }[][] = Array.from(
    { length: stream.tilesAcross * stream.tilesDown },
    () => [],
  );
  const sot = Buffer.alloc(12);
  let at = stream.firstTilePart;
  for (let hops = 0; at + 12 <= stream.end && hops < MAX_PARTS; hops++) {
    await file.read(sot, 0, 12, at);
    if (sot.readUInt16BE(0) !== 0xff90) break;
    // Psot 0: the last part runs to EOC.
    const length = sot.readUInt32BE(6) || stream.end - 2 - at;
    const tile = parts[sot.readUInt16BE(4)];
    if (tile === undefined || length < 14) throw new InvalidError('The JPEG 2000 tile index is damaged');
    if (at + length > stream.end) throw new InvalidError('The JPEG 2000 file is cut short inside a tile');
    tile.push({ at, length });
    at += length;
  }
  const missing = parts.findIndex((tile) => tile.length === 0);
  if (missing >= 0)
    throw new InvalidError(`Tile ${missing + 1} of ${parts.length} of the JPEG 2000 picture is missing`);
  return parts;
}

/** A codestream of its own holding one tile, cut out of the file. `reach` is the samples of its picture counted from 0/0; 0 where it begins there. */
export async function spliceTile(
  file: FileHandle,
  stream: Jp2Codestream,
  tile: { column: number; row: number; parts: TileParts[number] },
): Promise<{ codestream: Buffer; reach: number }> {
  const bytes = tile.parts.reduce((sum, part) => sum + part.length, 0);
  if (bytes > MAX_TILE_BYTES) throw new InvalidError(`A JPEG 2000 tile of ${bytes} bytes is more than is read`);
  const header = Buffer.from(stream.mainHeader);
  const x = place(tile.column, stream.tileWidth, { side: stream.width, axis: 'x', coding: stream.coding });
  const y = place(tile.row, stream.tileHeight, { side: stream.height, axis: 'y', coding: stream.coding });
  const sizes = [x.origin + x.length, y.origin + y.length, x.origin, y.origin, x.length, y.length, x.origin, y.origin];
  sizes.forEach((value, index) => header.writeUInt32BE(value, stream.sizAt + 2 + 4 * index));
  const pieces: Buffer[] = [header];
  for (const part of tile.parts) {
    const piece = Buffer.alloc(part.length);
    await file.read(piece, 0, part.length, part.at);
    piece.writeUInt16BE(0, 4);
    piece.writeUInt32BE(part.length, 6);
    pieces.push(piece);
  }
  const reach = x.origin + y.origin === 0 ? 0 : sizes[0]! * sizes[1]!;
  return { codestream: Buffer.concat([...pieces, Buffer.from([0xff, 0xd9])]), reach };
}

interface Side {
  readonly side: number;
  readonly axis: 'x' | 'y';
  readonly coding: CodingStyle;
}

function place(index: number, tileSide: number, { side, axis, coding }: Side): { origin: number; length: number } {
  const start = index * tileSide;
  const end = Math.min(side, start + tileSide);
  return {
    origin: coding.uniform ? equivalentOrigin(start, end, { coding, axis }) : checked(start),
    length: end - start,
  };
}

function checked(origin: number): number {
  if (origin > MAX_ORIGIN)
    throw new InvalidError('The JPEG 2000 picture is cut in a way that its tiles cannot be read one by one');
  return origin;
}

/**
 * The smallest position at which a tile's samples split into the same subbands, precincts and code-blocks as at `start` (§B.5-B.7).
 * The decoder's binding needs memory for everything left of and above the tile, so it must not stay at its place.
 */
export function equivalentOrigin(start: number, end: number, cut: { coding: CodingStyle; axis: 'x' | 'y' }): number {
  const step = 2 ** Math.min(cut.coding.levels, 31);
  const wanted = signature(start, end, cut);
  let origin = start % step;
  while (origin < start && signature(origin, origin + end - start, cut) !== wanted) origin += step;
  return checked(origin);
}

function signature(start: number, end: number, { coding, axis }: { coding: CodingStyle; axis: 'x' | 'y' }): string {
  const cuts: number[] = [];
  for (let r = 0; r <= coding.levels; r++) {
    const below = coding.levels - r;
    const precinct = coding.precincts[r]![axis];
    cuts.push(firstCut(start / 2 ** below, end / 2 ** below, precinct));
    const block = Math.min(coding.codeBlock[axis], r === 0 ? precinct : precinct - 1);
    const scale = 2 ** (r === 0 ? below : below + 1);
    cuts.push(firstCut(start / scale, end / scale, block));
    if (r > 0) cuts.push(firstCut(start / scale - 0.5, end / scale - 0.5, block));
  }
  return cuts.join();
}

/** Distance from a side's start to the first multiple of 2^exponent inside it; -1 where there is none. */
function firstCut(start: number, end: number, exponent: number): number {
  const [from, to] = [Math.ceil(start), Math.ceil(end)];
  const cell = 2 ** exponent;
  const cut = Math.ceil((from + 1) / cell) * cell;
  return cut < to ? cut - from : -1;
}
