/** The parts of OpenJPEG's WASM binding used here (the package has no types of its own). */
declare module '@cornerstonejs/codec-openjpeg/wasmjs' {
  export interface FrameInfo {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned: boolean;
  }

  export interface J2KDecoder {
    getEncodedBuffer(length: number): Uint8Array;
    getDecodedBuffer(): Uint8ClampedArray;
    decodeSubResolution(reduction: number, layers: number): void;
    getFrameInfo(): FrameInfo;
    delete(): void;
  }

  export interface J2KEncoder {
    getDecodedBuffer(frame: FrameInfo): Uint8Array;
    getEncodedBuffer(): Uint8Array;
    setDecompositions(levels: number): void;
    setQuality(lossless: boolean, layers: number): void;
    setCompressionRatio(layer: number, ratio: number): void;
    encode(): void;
    delete(): void;
  }

  export interface OpenJpegModule {
    J2KDecoder: new () => J2KDecoder;
    J2KEncoder: new () => J2KEncoder;
  }

  export default function createModule(options: {
    print: (line: string) => void;
    printErr: (line: string) => void;
  }): Promise<OpenJpegModule>;
}
