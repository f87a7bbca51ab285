import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A chunk of a PNG (ISO/IEC 15948 §5.3). */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A picture painted rectangle by rectangle, white at first. */
export class RgbPicture {
  readonly #rows: Buffer;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#rows = Buffer.alloc((width * 3 + 1) * height, 255);
    for (let y = 0; y < height; y++) this.#rows[y * (width * 3 + 1)] = 0;
  }

  /** Fills a rectangle with 0xRRGGBB; what lies outside is cut off. */
  fill([left, top, width, height]: readonly [number, number, number, number], colour: number): void {
    for (let y = Math.max(0, top); y < Math.min(this.height, top + height); y++) {
      for (let x = Math.max(0, left); x < Math.min(this.width, left + width); x++) {
        this.#rows.writeUIntBE(colour, y * (this.width * 3 + 1) + 1 + x * 3, 3);
      }
    }
  }

  /** The picture as a PNG. */
  toPng(): Buffer {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(this.width, 0);
    header.writeUInt32BE(this.height, 4);
    header.set([8, 2, 0, 0, 0], 8);
    const parts = [
      pngChunk('IHDR', header),
      pngChunk('IDAT', deflateSync(this.#rows)),
      pngChunk('IEND', Buffer.alloc(0)),
    ];
    return Buffer.concat([SIGNATURE, ...parts]);
  }
}
