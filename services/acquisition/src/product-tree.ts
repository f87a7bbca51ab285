import type { Readable } from 'node:stream';

/** One file of a product as it came. */
export interface TreeFile {
  /** `/`-separated, beginning with the product's top folder. */
  readonly path: string;
  /** Bytes, uncompressed. */
  readonly size: number;
}

/** Where a zip keeps a file. */
export interface ZippedFile extends TreeFile {
  readonly crc32: number;
  readonly method: 0 | 8;
  readonly offset: number;
  readonly storedSize: number;
}

/** The files of a product, whether it came as a folder or as a zip. */
export interface ProductTree {
  /** Name of the top folder, e.g. `S2A_….SAFE`. */
  readonly root: string;
  readonly files: readonly TreeFile[];
  /** Streams one file; a zip's CRC is checked on the way (InvalidError). */
  open(path: string): Promise<Readable>;
  /** A file on local disk with the content; extracted where need be. */
  localFile(path: string): Promise<string>;
  close(): Promise<void>;
}
