import { InvalidError } from '#domain/errors.js';
import type { Digest, DigestAlgorithm } from '#domain/product/digest.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, child, select, selectFirst, textOf } from '../xml/xml-path.js';
import { parseProductPath } from './product-path.js';
import { withoutUndefined } from './without-undefined.js';

/** A file the manifest says the product has; `path` is relative to the product's folder. */
export interface ManifestFile {
  readonly path: string;
  /** Bytes. */
  readonly size?: number;
  readonly digest?: Digest;
  readonly mediaType?: string;
  /** What the manifest calls it, e.g. `IMG_DATA_Band_TCI_Tile1_Data`. */
  readonly id: string;
}

const ALGORITHMS: Readonly<Record<string, readonly [DigestAlgorithm, length: number]>> = {
  MD5: ['md5', 32],
  'SHA3-256': ['sha3-256', 64],
  'SHA-256': ['sha-256', 64],
  'SHA-512': ['sha-512', 128],
};

/** Every file of a manifest's `dataObjectSection` (XFDU, CCSDS 661.0-B-1 §6.2), each path once. Throws InvalidError for paths and checksums it cannot trust. */
export function parseManifestFiles(section: XmlElement): readonly ManifestFile[] {
  const files = new Map<string, ManifestFile>();
  for (const object of select(section, 'dataObject')) {
    for (const stream of select(object, 'byteStream')) {
      const file = parseFile(attribute(object, 'ID') ?? '', stream);
      if (file !== undefined) files.set(file.path, file);
    }
  }
  return [...files.values()];
}

function parseFile(id: string, stream: XmlElement): ManifestFile | undefined {
  const href = attribute(selectFirst(stream, 'fileLocation'), 'href');
  if (href === undefined) return undefined;
  const path = parseProductPath(href);
  return withoutUndefined({
    path,
    id,
    size: parseSize(attribute(stream, 'size'), path),
    digest: parseDigest(child(stream, 'checksum'), path),
    mediaType: attribute(stream, 'mimeType'),
  });
}

function parseSize(text: string | undefined, path: string): number | undefined {
  if (text === undefined || text === '') return undefined;
  const size = Number(text);
  if (Number.isSafeInteger(size) && size >= 0) return size;
  throw new InvalidError(`The manifest gives ${path} the size ${JSON.stringify(text.slice(0, 40))}.`);
}

function parseDigest(checksum: XmlElement | undefined, path: string): Digest | undefined {
  const value = textOf(checksum)?.toLowerCase();
  if (value === undefined) return undefined;
  const name = attribute(checksum, 'checksumName') ?? '';
  const [algorithm, length] = ALGORITHMS[name.toUpperCase()] ?? [];
  if (algorithm === undefined)
    throw new InvalidError(`The manifest gives ${path} a checksum ${name || 'without a name'}.`);
  if (value.length !== length || !/^[0-9a-f]+$/.test(value)) {
    throw new InvalidError(`The manifest gives ${path} an ${name} of ${value.length} characters.`);
  }
  return { algorithm, value };
}
