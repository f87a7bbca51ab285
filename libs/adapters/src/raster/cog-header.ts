import { COG_BLOCK, geoKeys, SAMPLE_BYTES, type CogSpec } from './cog-spec.js';

/** One resolution of a COG, its blocks in row-major order. */
export interface CogLevel {
  readonly width: number;
  readonly height: number;
  /** Compressed size of each block in bytes. */
  readonly sizes: readonly number[];
}

/** Bytes around every block: its size before it and its last four bytes again after it. */
export const BLOCK_LEADER = 4;
export const BLOCK_TRAILER = 4;

// The ghost area tells GDAL it may read a block without asking for its size first
// (GDAL COG driver documentation, "Header ghost area"). Its size excludes this first line.
const GHOST_KEYS =
  'LAYOUT=IFDS_BEFORE_DATA\nBLOCK_ORDER=ROW_MAJOR\nBLOCK_LEADER=SIZE_AS_UINT4\n' +
  'BLOCK_TRAILER=LAST_4_BYTES_REPEATED\nKNOWN_INCOMPATIBLE_EDITION=NO\n ';
const GHOST = `GDAL_STRUCTURAL_METADATA_SIZE=${String(GHOST_KEYS.length).padStart(6, '0')} bytes\n${GHOST_KEYS}`;

const TYPE = { ascii: 2, short: 3, long: 4, double: 12, long8: 16 } as const;
const SIZE: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 12: 8, 16: 8 };

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly values: readonly number[];
}

/** Header, ghost area and every IFD (full resolution first) of a COG whose blocks follow from the smallest level to the largest. BigTIFF where asked. */
export function writeCogHeader(spec: CogSpec, levels: readonly CogLevel[], big: boolean): Buffer {
  const empty = levels.map((level) => level.sizes.map(() => 0));
  const length = layout(spec, levels, { offsets: empty, big }).length;
  return layout(spec, levels, { offsets: blockOffsets(levels, length), big });
}

/** Bytes all blocks take with their leaders and trailers. */
export function blockBytes(levels: readonly CogLevel[]): number {
  return levels.flatMap((level) => level.sizes).reduce((sum, size) => sum + size + BLOCK_LEADER + BLOCK_TRAILER, 0);
}

/** A block between its leader and its trailer. */
export function framedBlock(block: Buffer): Buffer[] {
  const leader = Buffer.alloc(BLOCK_LEADER);
  leader.writeUInt32LE(block.length);
  return [leader, block, block.subarray(-BLOCK_TRAILER)];
}

function blockOffsets(levels: readonly CogLevel[], start: number): number[][] {
  let at = start;
  return levels
    .toReversed()
    .map((level) =>
      level.sizes.map((size) => {
        const offset = at + BLOCK_LEADER;
        at = offset + size + BLOCK_TRAILER;
        return offset;
      }),
    )
    .toReversed();
}

function layout(spec: CogSpec, levels: readonly CogLevel[], place: { offsets: number[][]; big: boolean }): Buffer {
  const { big } = place;
  // The validator wants the first IFD at the first even byte after the ghost area.
  const start = ((big ? 16 : 8) + GHOST.length + 1) & ~1;
  const parts = [writeStart(start, big)];
  let at = start;
  levels.forEach((level, index) => {
    const entries = levelEntries(spec, level, { offsets: place.offsets[index]!, full: index === 0, big });
    const ifd = writeIfd(entries, at, { big, last: index === levels.length - 1 });
    parts.push(ifd);
    at += ifd.length;
  });
  return Buffer.concat(parts);
}

function writeStart(firstIfd: number, big: boolean): Buffer {
  const start = Buffer.alloc(firstIfd);
  start.write('II', 0, 'latin1');
  start.writeUInt16LE(big ? 43 : 42, 2);
  if (big) {
    start.writeUInt16LE(8, 4);
    start.writeBigUInt64LE(BigInt(firstIfd), 8);
  } else {
    start.writeUInt32LE(firstIfd, 4);
  }
  start.write(GHOST, big ? 16 : 8, 'latin1');
  return start;
}

/** TIFF 6.0 §19: unsigned, signed, floating. */
const SAMPLE_FORMAT = { uint8: 1, uint16: 1, uint32: 1, int16: 2, int32: 2, float32: 3, float64: 3 } as const;

function isRgb({ bands, sampleType, alpha = false }: CogSpec): boolean {
  return bands === (alpha ? 4 : 3) && sampleType === 'uint8';
}

/** What the bands beyond grey, or beyond red, green and blue, are: nothing said of them, or opacity (TIFF 6.0 §18). */
function extraSamples(spec: CogSpec): number[] {
  const extra = Array.from({ length: spec.bands - (isRgb(spec) ? 3 : 1) }, () => 0);
  return spec.alpha === true ? extra.with(-1, UNASSOCIATED_ALPHA) : extra;
}

const UNASSOCIATED_ALPHA = 2;

function levelEntries(
  spec: CogSpec,
  level: CogLevel,
  place: { offsets: number[]; full: boolean; big: boolean },
): Entry[] {
  const { bands, sampleType } = spec;
  const each = (value: number): number[] => Array.from({ length: bands }, () => value);
  const shorts: [number, number[]][] = [
    [258, each(SAMPLE_BYTES[sampleType] * 8)],
    [259, [8]],
    [262, [isRgb(spec) ? 2 : 1]],
    [277, [bands]],
    [284, [1]],
    [317, [SAMPLE_FORMAT[sampleType] === 3 ? 3 : 2]],
    [322, [COG_BLOCK]],
    [323, [COG_BLOCK]],
    [339, each(SAMPLE_FORMAT[sampleType])],
  ];
  const extra = extraSamples(spec);
  if (extra.length > 0) shorts.push([338, extra]);
  const entries: Entry[] = [
    ...shorts.map(([tag, values]) => ({ tag, type: TYPE.short, values })),
    { tag: 254, type: TYPE.long, values: [place.full ? 0 : 1] },
    { tag: 256, type: TYPE.long, values: [level.width] },
    { tag: 257, type: TYPE.long, values: [level.height] },
    { tag: 324, type: place.big ? TYPE.long8 : TYPE.long, values: place.offsets },
    { tag: 325, type: TYPE.long, values: level.sizes },
    ...(place.full ? geoEntries(spec) : []),
    ...(spec.nodata === undefined ? [] : [{ tag: 42113, type: TYPE.ascii, values: ascii(nodataText(spec.nodata)) }]),
  ];
  return entries.toSorted((a, b) => a.tag - b.tag);
}

function geoEntries(spec: CogSpec): Entry[] {
  return [
    { tag: 33550, type: TYPE.double, values: [...spec.pixelSize, 0] },
    { tag: 33922, type: TYPE.double, values: [0, 0, 0, ...spec.origin, 0] },
    { tag: 34735, type: TYPE.short, values: geoKeys(spec.crs) },
  ];
}

const nodataText = (nodata: number): string => (Number.isNaN(nodata) ? 'nan' : String(nodata));
const ascii = (text: string): number[] => [...Buffer.from(`${text}\0`, 'latin1')];

function writeIfd(entries: readonly Entry[], at: number, { big, last }: { big: boolean; last: boolean }): Buffer {
  const [countBytes, entryBytes, offsetBytes] = big ? [8, 20, 8] : [2, 12, 4];
  let end = countBytes + entries.length * entryBytes + offsetBytes;
  const places = entries.map(({ type, values }) => {
    const bytes = values.length * SIZE[type]!;
    if (bytes <= offsetBytes) return undefined;
    const place = (end + 7) & ~7;
    end = place + bytes;
    return place;
  });
  const ifd = Buffer.alloc((end + 7) & ~7);
  const number = big
    ? (value: number, to: number) => ifd.writeBigUInt64LE(BigInt(value), to)
    : (value: number, to: number) => ifd.writeUInt32LE(value, to);
  if (big) number(entries.length, 0);
  else ifd.writeUInt16LE(entries.length, 0);
  entries.forEach(({ tag, type, values }, index) => {
    const to = countBytes + index * entryBytes;
    ifd.writeUInt16LE(tag, to);
    ifd.writeUInt16LE(type, to + 2);
    number(values.length, to + 4);
    const inline = to + 4 + offsetBytes;
    const place = places[index];
    if (place !== undefined) number(at + place, inline);
    writeValues(ifd, type, { values, at: place ?? inline });
  });
  number(last ? 0 : at + ifd.length, countBytes + entries.length * entryBytes);
  return ifd;
}

function writeValues(to: Buffer, type: number, { values, at }: { values: readonly number[]; at: number }): void {
  const size = SIZE[type]!;
  values.forEach((value, index) => {
    const place = at + index * size;
    if (type === TYPE.ascii) to.writeUInt8(value, place);
    else if (type === TYPE.short) to.writeUInt16LE(value, place);
    else if (type === TYPE.long) to.writeUInt32LE(value, place);
    else if (type === TYPE.long8) to.writeBigUInt64LE(BigInt(value), place);
    else to.writeDoubleLE(value, place);
  });
}
