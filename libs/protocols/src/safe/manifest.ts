import { InvalidError } from '#domain/errors.js';
import type { Ring } from '#domain/geometry/ring.js';
import type { PropertyValue } from '#domain/product/product.js';
import { parseXml, parseXmlBytes } from '../xml/parse-xml.js';
import type { XmlElement } from '../xml/xml-element.js';
import { child, descendants, textAt, textOf } from '../xml/xml-path.js';
import { parseManifestFacts } from './manifest-facts.js';
import { parseManifestFiles, type ManifestFile } from './manifest-files.js';
import { parseLatLonList } from './pos-list.js';
import { optionalSafeTime } from './safe-time.js';
import { withoutUndefined } from './without-undefined.js';

/** What `manifest.safe` (Sentinel-1, -2) or `xfdumanifest.xml` (Sentinel-3) says of a product. */
export interface Manifest {
  readonly files: readonly ManifestFile[];
  /** Rings as given, lon/lat, not yet cut at the antimeridian; empty where there is no footprint. */
  readonly footprint: readonly Ring[];
  readonly acquiredFrom?: Date;
  readonly acquiredTo?: Date;
  /** By queryable name. */
  readonly properties: Readonly<Record<string, PropertyValue>>;
  /** Further facts by STAC name. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Reads a manifest (CCSDS XFDU with the SAFE profile of each mission). Throws InvalidError saying what is missing or wrong. */
export function parseManifest(source: string | Uint8Array): Manifest {
  const root = typeof source === 'string' ? parseXml(source) : parseXmlBytes(source);
  if (root.name !== 'XFDU') throw new InvalidError(`The manifest is a ${root.name} document, not an XFDU one.`);
  const metadata = section(root, 'metadataSection');
  const period = descendants(metadata, 'acquisitionPeriod')[0];
  return withoutUndefined({
    files: parseManifestFiles(section(root, 'dataObjectSection')),
    footprint: footprint(metadata),
    acquiredFrom: optionalSafeTime(textAt(period, 'startTime')),
    acquiredTo: optionalSafeTime(textAt(period, 'stopTime')),
    ...parseManifestFacts(metadata),
  });
}

function section(root: XmlElement, name: string): XmlElement {
  const found = child(root, name);
  if (found === undefined) throw new InvalidError(`The manifest has no ${name}: it is cut short or damaged.`);
  return found;
}

function footprint(metadata: XmlElement): readonly Ring[] {
  const prints = descendants(metadata, 'footPrint').flatMap((print) => [
    ...descendants(print, 'coordinates'),
    ...descendants(print, 'posList'),
  ]);
  return prints.flatMap((list) => {
    const text = textOf(list);
    return text === undefined ? [] : [parseLatLonList(text)];
  });
}
