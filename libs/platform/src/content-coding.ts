import type { Transform } from 'node:stream';
import { promisify } from 'node:util';
import {
  brotliCompress,
  constants,
  createBrotliCompress,
  createGzip,
  createZstdCompress,
  gzip,
  zstdCompress,
} from 'node:zlib';

/** A content coding (RFC 9110 §8.4.1): its registered name, and how whole and streamed bodies are brought into it. */
export interface ContentCoding {
  readonly name: 'zstd' | 'br' | 'gzip';
  compress(bytes: Uint8Array): Promise<Buffer>;
  stream(): Transform;
}

const GZIP = { level: 4 };
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

const [gzipped, brotlied, zstded] = [promisify(gzip), promisify(brotliCompress), promisify(zstdCompress)];

/** Where a client likes several equally: what costs least for its size first. */
const CODINGS: readonly ContentCoding[] = [
  { name: 'zstd', compress: (bytes) => zstded(bytes, ZSTD), stream: () => createZstdCompress(ZSTD) },
  { name: 'br', compress: (bytes) => brotlied(bytes, BROTLI), stream: () => createBrotliCompress(BROTLI) },
  { name: 'gzip', compress: (bytes) => gzipped(bytes, GZIP), stream: () => createGzip(GZIP) },
];

/** The coding an Accept-Encoding header likes best (RFC 9110 §12.5.3); undefined: as it is. */
export function chooseCoding(header: string | readonly string[] | undefined): ContentCoding | undefined {
  const weights = weightsOf(String(header ?? ''));
  // pystac and others say "*" and read what their HTTP library happens to know: gzip, and seldom more.
  const anyOther = weights.get('*') ?? 0;
  const weightOf = ({ name }: ContentCoding): number => weights.get(name) ?? (name === 'gzip' ? anyOther : 0);
  const liked = CODINGS.filter((coding) => weightOf(coding) > 0).toSorted((a, b) => weightOf(b) - weightOf(a))[0];
  // Unless it is named, uncompressed is liked least.
  return liked !== undefined && weightOf(liked) >= (weights.get('identity') ?? 0) ? liked : undefined;
}

function weightsOf(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const item of header.toLowerCase().split(',')) {
    const [given = '', ...parameters] = item.split(';').map((part) => part.trim());
    const name = given.replace(/^x-gzip$/, 'gzip');
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.slice(2));
    if (name !== '') weights.set(name, weight >= 0 && weight <= 1 ? weight : 0);
  }
  return weights;
}
