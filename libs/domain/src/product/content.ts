import type { Digest } from './digest.js';

/** What a download delivers: one object in the store, byte-identical for ever. */
export interface ProductContent {
  /** Object key of the deliverable. */
  readonly key: string;
  /** Name the client saves it under, e.g. `S2A_MSIL1C_….SAFE.zip`. */
  readonly fileName: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** Always holds `sha-256` and `md5`. */
  readonly digests: readonly Digest[];
  /** Object key of the node index (JSON array of {@link ProductNode}), where the deliverable is a zip. */
  readonly nodesKey?: string;
}

/** One file inside a zip deliverable: enough to serve it by range and to rebuild any subset as a zip. */
export interface ProductNode {
  /** Path inside the zip, `/`-separated, beginning with the product folder. */
  readonly path: string;
  /** Bytes, uncompressed. */
  readonly size: number;
  /** CRC-32 (IEEE 802.3) of the uncompressed bytes, unsigned. */
  readonly crc32: number;
  /** Zip method: 0 stored, 8 deflated. */
  readonly method: 0 | 8;
  /** Where the (possibly compressed) bytes begin in the deliverable. */
  readonly offset: number;
  /** Bytes as stored in the zip. */
  readonly storedSize: number;
  /** Digest the manifest gave and we verified, if any. */
  readonly digest?: Digest;
}
