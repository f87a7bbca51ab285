import { InvalidError } from '#domain/errors.js';

const CLEAR = 256;
const END = 257;
const MAX_CODES = 4096;

/** Expands LZW of TIFF 6.0 §13 (most significant bit first, early change) into exactly `size` bytes. Throws InvalidError for codes that cannot be and for too little data. */
export function decodeLzw(source: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size);
  // Every code is a run already written: where it starts and how long it is.
  const starts = new Uint32Array(MAX_CODES);
  const lengths = new Uint16Array(MAX_CODES);
  const codes = new LzwCodes(source);
  let at = 0;
  let next = 258;
  let previous = -1;
  while (at < size) {
    const code = codes.next(next);
    if (code === END) break;
    if (code === CLEAR) {
      next = 258;
      previous = -1;
      continue;
    }
    const run = runOf(code, { previous, next, at, starts, lengths });
    if (previous >= 0 && next < MAX_CODES) {
      starts[next] = at - lengthOf(previous, lengths);
      lengths[next] = lengthOf(previous, lengths) + 1;
      next++;
    }
    at = code < CLEAR ? put(out, at, code) : copyRun(out, at, run);
    previous = code;
  }
  if (at < size) throw new InvalidError(`LZW data ends after ${at} of ${size} bytes`);
  return out;
}

const lengthOf = (code: number, lengths: Uint16Array): number => (code < CLEAR ? 1 : lengths[code]!);

function put(out: Uint8Array, at: number, value: number): number {
  out[at] = value;
  return at + 1;
}

interface Run {
  readonly start: number;
  readonly length: number;
}

function runOf(
  code: number,
  state: { previous: number; next: number; at: number; starts: Uint32Array; lengths: Uint16Array },
): Run {
  const { previous, next, at, starts, lengths } = state;
  // The code just being made: the previous run and its first byte again.
  const known = previous >= 0 ? next : next - 1;
  if (code > known || (code >= 258 && previous < 0)) throw new InvalidError(`LZW data holds the unknown code ${code}`);
  if (code === next) return { start: at - lengthOf(previous, lengths), length: lengthOf(previous, lengths) + 1 };
  return { start: starts[code]!, length: lengths[code]! };
}

function copyRun(out: Uint8Array, at: number, { start, length }: Run): number {
  const end = Math.min(at + length, out.length);
  // Byte by byte: a run may overlap what it writes.
  for (let to = at, from = start; to < end; to++, from++) out[to] = out[from]!;
  return end;
}

/** Codes of 9 to 12 bits, most significant bit first; the width grows one code early. */
class LzwCodes {
  #at = 0;
  #bits = 0;
  #held = 0;

  constructor(private readonly source: Uint8Array) {}

  next(codes: number): number {
    const width = codes + 1 < 512 ? 9 : codes + 1 < 1024 ? 10 : codes + 1 < 2048 ? 11 : 12;
    while (this.#held < width) {
      if (this.#at >= this.source.length) return END;
      this.#bits = ((this.#bits << 8) | this.source[this.#at++]!) & 0xffffff;
      this.#held += 8;
    }
    this.#held -= width;
    return (this.#bits >> this.#held) & ((1 << width) - 1);
  }
}
