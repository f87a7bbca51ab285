import type { Digest, DigestAlgorithm } from '#domain/product/digest.js';

/** Multihash code as a varint, then the digest's length, both hex (multiformats table). */
const PREFIX: Readonly<Record<DigestAlgorithm, string>> = {
  md5: 'd50110',
  'sha-256': '1220',
  'sha-512': '1340',
  'sha3-256': '1620',
};

const STRONGEST_FIRST: readonly DigestAlgorithm[] = ['sha-256', 'sha3-256', 'sha-512', 'md5'];

/** `file:checksum` (STAC File extension 2.1.0): the best of the digests as a hex multihash; undefined where there is none. */
export function writeFileChecksum(digests: readonly Digest[]): string | undefined {
  for (const algorithm of STRONGEST_FIRST) {
    const digest = digests.find((candidate) => candidate.algorithm === algorithm);
    if (digest !== undefined) return PREFIX[algorithm] + digest.value;
  }
  return undefined;
}
