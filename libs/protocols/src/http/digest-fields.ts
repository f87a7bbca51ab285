import type { Digest, DigestAlgorithm } from '#domain/product/digest.js';

/** Names in RFC 3230 / RFC 5843 `Digest`, which old clients still ask for. */
const LEGACY: Partial<Record<DigestAlgorithm, string>> = { 'sha-256': 'SHA-256', 'sha-512': 'SHA-512', md5: 'MD5' };

/** Writes Repr-Digest (RFC 9530 §3) of the whole representation; undefined without a SHA-2 digest (MD5 is not to be used there, §5). */
export function writeReprDigest(digests: readonly Digest[]): string | undefined {
  const sha2 = digests.filter(({ algorithm }) => algorithm === 'sha-256' || algorithm === 'sha-512');
  if (sha2.length === 0) return undefined;
  return sha2.map(({ algorithm, value }) => `${algorithm}=:${base64(value)}:`).join(', ');
}

/** Writes the legacy Digest field (RFC 3230 §4.3.2) in the best algorithm that Want-Digest names and we have; undefined where none fits. */
export function writeLegacyDigest(wantDigest: string, digests: readonly Digest[]): string | undefined {
  const wanted = wantDigest
    .split(',')
    .map((part) => /^\s*([A-Za-z0-9-]+)\s*(?:;\s*q=(\d(?:\.\d+)?))?\s*$/.exec(part))
    .filter((match) => match !== null)
    .map((match) => ({ name: match[1]?.toLowerCase(), weight: Number(match[2] ?? 1) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  for (const { name } of wanted) {
    const digest = digests.find(({ algorithm }) => algorithm === name);
    const legacy = digest && LEGACY[digest.algorithm];
    if (digest && legacy) return `${legacy}=${base64(digest.value)}`;
  }
  return undefined;
}

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}
