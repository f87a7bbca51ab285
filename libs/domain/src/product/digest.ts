/** Hash algorithms Frombork records or verifies; names as in the IANA Hash Algorithms for HTTP Digest Fields registry, plus what manifests use. */
export type DigestAlgorithm = 'md5' | 'sha-256' | 'sha-512' | 'sha3-256';

/** One digest of some bytes, `value` in lower-case hex. */
export interface Digest {
  readonly algorithm: DigestAlgorithm;
  readonly value: string;
}
