/** A field of a TIFF directory: type (TIFF 6.0 §2) and values. */
export type TiffField = readonly [type: number, values: readonly number[]];

/** A directory and the blocks its offsets and counts (tags 324/325, or 273/279 with `strips`) are made for. */
export interface TiffPart {
  readonly fields: Readonly<Record<number, TiffField>>;
  readonly blocks?: readonly Uint8Array[];
  readonly strips?: boolean;
}

/** How the file is laid out; little-endian classic TIFF unless told. */
export interface TiffLayout {
  readonly big?: boolean;
  readonly bigEndian?: boolean;
  /** Where the last directory says the next one lies. */
  readonly next?: number;
}

const SIZES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 7: 1, 12: 8, 16: 8 };

/** Writes any TIFF, honest or not: directories one after another, then their long values, then the blocks. */
export function writeTiff(parts: readonly TiffPart[], layout: TiffLayout = {}): Uint8Array<ArrayBuffer> {
  const out = Buffer.alloc(1 << 20);
  const writer = new TiffWriter(out, layout);
  return Uint8Array.from(out.subarray(0, writer.write(parts)));
}

class TiffWriter {
  private readonly little: boolean;
  private readonly big: boolean;

  constructor(
    private readonly out: Buffer,
    private readonly layout: TiffLayout,
  ) {
    this.little = layout.bigEndian !== true;
    this.big = layout.big === true;
  }

  write(parts: readonly TiffPart[]): number {
    this.out.write(this.little ? 'II' : 'MM', 0, 'latin1');
    this.value(3, this.big ? 43 : 42, 2);
    if (this.big) this.value(3, 8, 4);
    let at = this.big ? 16 : 8;
    this.word(at, this.big ? 8 : 4);
    parts.forEach((part, index) => {
      at = this.part(part, at, index === parts.length - 1);
    });
    return at;
  }

  private part({ fields, blocks = [], strips = false }: TiffPart, at: number, last: boolean): number {
    const [offsets, counts] = strips ? [273, 279] : [324, 325];
    const indexed = blocks.length > 0 && fields[offsets] === undefined;
    const none = blocks.map(() => 0);
    const all: Record<number, TiffField> = {
      ...(indexed ? { [offsets]: [4, none], [counts]: [4, blocks.map(({ length }) => length)] } : {}),
      ...fields,
    };
    let free = this.endOf(all, at);
    const places = blocks.map((block) => {
      this.out.set(block, free);
      free += block.length;
      return free - block.length;
    });
    if (indexed) all[offsets] = [4, places];
    this.directory(all, at);
    const { countBytes, entryBytes } = this.sizes();
    this.word(last ? (this.layout.next ?? 0) : free, at + countBytes + Object.keys(all).length * entryBytes);
    return free;
  }

  private sizes(): { countBytes: number; entryBytes: number; wordBytes: number } {
    if (this.big) return { countBytes: 8, entryBytes: 20, wordBytes: 8 };
    return { countBytes: 2, entryBytes: 12, wordBytes: 4 };
  }

  /** Where a directory and its long values end. */
  private endOf(fields: Readonly<Record<number, TiffField>>, at: number): number {
    const { countBytes, entryBytes, wordBytes } = this.sizes();
    const entries = Object.values(fields);
    const long = entries.map(([type, values]) => values.length * SIZES[type]!).filter((bytes) => bytes > wordBytes);
    return at + countBytes + entries.length * entryBytes + wordBytes + long.reduce((sum, bytes) => sum + bytes, 0);
  }

  private directory(fields: Readonly<Record<number, TiffField>>, at: number): void {
    const entries = Object.entries(fields);
    const { countBytes, entryBytes, wordBytes } = this.sizes();
    if (this.big) this.word(entries.length, at);
    else this.value(3, entries.length, at);
    let free = at + countBytes + entries.length * entryBytes + wordBytes;
    entries.forEach(([tag, [type, values]], index) => {
      const entry = at + countBytes + index * entryBytes;
      this.value(3, Number(tag), entry);
      this.value(3, type, entry + 2);
      this.word(values.length, entry + 4);
      const size = SIZES[type]!;
      const inline = values.length * size <= wordBytes;
      if (!inline) this.word(free, entry + 4 + wordBytes);
      const place = inline ? entry + 4 + wordBytes : free;
      values.forEach((value, i) => this.value(type, value, place + i * size));
      if (!inline) free += values.length * size;
    });
  }

  private word(value: number, at: number): void {
    this.value(this.big ? 16 : 4, value, at);
  }

  private value(type: number, value: number, at: number): void {
    const view = new DataView(this.out.buffer, this.out.byteOffset, this.out.length);
    if (type === 12) view.setFloat64(at, value, this.little);
    else if (type === 16) view.setBigUint64(at, BigInt(value), this.little);
    else if (type === 4) view.setUint32(at, value, this.little);
    else if (type === 3) view.setUint16(at, value, this.little);
    else view.setUint8(at, value);
  }
}
