import createModule, {
  type FrameInfo,
  type J2KDecoder,
  type OpenJpegModule,
} from '@cornerstonejs/codec-openjpeg/wasmjs';
import { InvalidError } from '#domain/errors.js';

/** Decoded samples, pixel-interleaved; 16-bit ones where the codestream has more than 8 bits. May be longer than the picture. */
export type DecodedSamples = Uint8Array | Uint16Array;

/** What OpenJPEG itself takes while it decodes a tile. */
const DECODER_BYTES = 48 << 20;

/** OpenJPEG in WASM. One instance belongs to one job: its memory never shrinks. */
export class Jp2Codec {
  private readonly complaints: string[];
  private reserved = 0;

  private constructor(
    private readonly module: OpenJpegModule,
    complaints: string[],
  ) {
    this.complaints = complaints;
  }

  static async load(): Promise<Jp2Codec> {
    const complaints: string[] = [];
    const listen = (line: string): void => {
      if (line.includes('[ERROR]')) complaints.push(line.replace(/^.*\[ERROR\]\s*/, ''));
    };
    const module = await createModule({ print: listen, printErr: listen });
    return new Jp2Codec(module, complaints);
  }

  /**
   * Makes sure of room for pictures that do not begin at 0/0: the binding reads as many samples as they would have if they did,
   * past the end of their own. Memory that was once grown stays, so such reads find room instead of trapping.
   */
  reserve(samples: number): void {
    if (samples <= this.reserved) return;
    this.reserved = samples;
    const ballast = new this.module.J2KDecoder();
    ballast.getEncodedBuffer(samples * 4 + DECODER_BYTES);
    ballast.delete();
  }

  /** Decodes a whole codestream at 1/2^reduction. Throws InvalidError with OpenJPEG's own words for a broken one. */
  decode(codestream: Uint8Array, reduction: number): { samples: DecodedSamples; frame: FrameInfo } {
    const decoder = new this.module.J2KDecoder();
    try {
      this.complaints.length = 0;
      decoder.getEncodedBuffer(codestream.length).set(codestream);
      decoder.decodeSubResolution(reduction, 0);
      if (this.complaints.length > 0) throw new InvalidError(`The JPEG 2000 data is broken: ${this.complaints[0]}`);
      return { samples: decodedSamples(decoder), frame: decoder.getFrameInfo() };
    } catch (cause) {
      if (cause instanceof InvalidError) throw cause;
      throw new InvalidError('The JPEG 2000 data is broken: the decoder gave up', { cause });
    } finally {
      decoder.delete();
    }
  }

  /** Encodes one picture as a codestream of one tile: lossless, or lossy (9/7) at about `ratio` to 1. Throws InvalidError where it cannot. */
  encode(
    samples: DecodedSamples,
    frame: FrameInfo,
    options: { levels: number; ratio?: number | undefined },
  ): Uint8Array {
    const encoder = new this.module.J2KEncoder();
    try {
      encoder.getDecodedBuffer(frame).set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
      encoder.setDecompositions(options.levels);
      encoder.setQuality(options.ratio === undefined, 1);
      // A ratio of 0 means: keep everything.
      encoder.setCompressionRatio(0, options.ratio ?? 0);
      encoder.encode();
      return Uint8Array.from(encoder.getEncodedBuffer());
    } catch (cause) {
      throw new InvalidError('The picture cannot be written as JPEG 2000', { cause });
    } finally {
      encoder.delete();
    }
  }
}

function decodedSamples(decoder: J2KDecoder): DecodedSamples {
  const bytes = decoder.getDecodedBuffer();
  const wide = decoder.getFrameInfo().bitsPerSample > 8;
  return wide
    ? new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1)
    : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
