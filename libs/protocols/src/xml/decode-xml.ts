import { InvalidError } from '#domain/errors.js';

const DECLARED = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/;
const READ = new Set([
  'utf-8',
  'utf8',
  'utf-16le',
  'utf-16be',
  'us-ascii',
  'iso-8859-1',
  'iso-8859-15',
  'windows-1252',
]);

/** Text of an XML document by XML 1.0 appendix F: byte order mark, else how `<?` is spelled, else the declared encoding, else UTF-8. Throws InvalidError. */
export function decodeXml(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidError(`The XML is not valid ${encoding.toUpperCase()}.`);
  }
}

/** First bytes in hex; the longer marks first. */
const SIGNATURES: readonly (readonly [start: RegExp, encoding: string])[] = [
  [/^(fffe0000|0000feff|3c000000|0000003c)/, 'utf-32'],
  [/^(fffe|3c00)/, 'utf-16le'],
  [/^(feff|003c)/, 'utf-16be'],
];

function encodingOf(bytes: Uint8Array): string {
  const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const seen = SIGNATURES.find(([signature]) => signature.test(start))?.[1];
  const encoding = seen ?? declaredEncoding(bytes) ?? 'utf-8';
  if (!READ.has(encoding)) {
    throw new InvalidError(`The XML is in ${encoding.toUpperCase()}, which is not read; use UTF-8.`);
  }
  return encoding;
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  return DECLARED.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 256)))?.[1]?.toLowerCase();
}
