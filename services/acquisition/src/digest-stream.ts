import { createHash, type Hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Digest, DigestAlgorithm } from '#domain/product/digest.js';

const NODE_NAMES: Readonly<Record<DigestAlgorithm, string>> = {
  md5: 'md5',
  'sha-256': 'sha256',
  'sha-512': 'sha512',
  'sha3-256': 'sha3-256',
};

/** What a pass over some bytes tells of them. */
export interface Measured {
  readonly size: number;
  /** CRC-32, unsigned. */
  readonly crc32: number;
  readonly digests: readonly Digest[];
}

/** Reads a stream to its end with flat memory and measures it. */
export async function measure(
  stream: AsyncIterable<Uint8Array>,
  algorithms: readonly DigestAlgorithm[],
): Promise<Measured> {
  const hashes: (readonly [DigestAlgorithm, Hash])[] = algorithms.map((name) => [name, createHash(NODE_NAMES[name])]);
  let size = 0;
  let sum = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    sum = crc32(chunk, sum);
    for (const [, hash] of hashes) hash.update(chunk);
  }
  return { size, crc32: sum, digests: hashes.map(([algorithm, hash]) => ({ algorithm, value: hash.digest('hex') })) };
}
