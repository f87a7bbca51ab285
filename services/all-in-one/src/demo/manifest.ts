import { el, type XmlAttributes, type XmlContent, type XmlMarkup } from '#protocols/xml/xml-element.js';
import type { ManifestFile } from './file-tree.js';

/** A manifest of the XFDU kind (CCSDS 661.0-B-1), as every SAFE product has one. */
export interface Manifest {
  readonly attributes: XmlAttributes;
  /** What the package says of itself: `unitType`, `textInfo`, ... */
  readonly unit: XmlAttributes;
  readonly metadata: readonly XmlMarkup[];
  readonly files: readonly ManifestFile[];
  readonly checksumName: 'MD5' | 'SHA3-256';
}

/** Builds the manifest: package map, metadata section, and size and checksum of every file. */
export function xfduManifest({ attributes, unit, metadata, files, checksumName }: Manifest): XmlMarkup {
  return el(
    'xfdu:XFDU',
    { 'xmlns:xfdu': 'urn:ccsds:schema:xfdu:1', 'xmlns:gml': 'http://www.opengis.net/gml', ...attributes },
    el('informationPackageMap', {}, el('xfdu:contentUnit', unit, files.map(contentUnit))),
    el('metadataSection', {}, files.filter(isAnnotation).map(annotation), metadata),
    el(
      'dataObjectSection',
      {},
      files.map((file) => dataObject(file, checksumName)),
    ),
  );
}

function contentUnit({ id, path, schema, describedBy }: ManifestFile): XmlMarkup {
  const unitType = path.endsWith('.xml') ? 'Metadata Unit' : 'Measurement Data Unit';
  const dmdID = describedBy?.map((annotation) => `${annotation}Annotation`).join(' ');
  return el('xfdu:contentUnit', { unitType, repID: schema, dmdID }, el('dataObjectPointer', { dataObjectID: id }));
}

const isAnnotation = ({ path, schema }: ManifestFile): boolean => schema !== undefined && path.endsWith('.xml');

function annotation({ id }: ManifestFile): XmlMarkup {
  const attributes = { ID: `${id}Annotation`, classification: 'DESCRIPTION', category: 'DMD' };
  return el('metadataObject', attributes, el('dataObjectPointer', { dataObjectID: id }));
}

function dataObject({ id, path, size, checksum, schema }: ManifestFile, checksumName: string): XmlMarkup {
  return el(
    'dataObject',
    { ID: id, repID: schema },
    el(
      'byteStream',
      { mimeType: mediaType(path), size },
      el('fileLocation', { locatorType: 'URL', href: `./${path}` }),
      el('checksum', { checksumName }, checksum),
    ),
  );
}

function mediaType(path: string): string {
  if (path.endsWith('.xml')) return 'text/xml';
  return path.endsWith('.nc') ? 'application/x-netcdf' : 'application/octet-stream';
}

/** A metadata object that wraps its content, as all three Sentinel manifests do. */
export function wrappedMetadata(
  id: string,
  about: { category: 'DMD' | 'PDI'; vocabulary: string; title: string },
  content: XmlContent,
): XmlMarkup {
  return el(
    'metadataObject',
    { ID: id, classification: about.category === 'PDI' ? 'PROVENANCE' : 'DESCRIPTION', category: about.category },
    el(
      'metadataWrap',
      { mimeType: 'text/xml', vocabularyName: about.vocabulary, textInfo: about.title },
      el('xmlData', {}, content),
    ),
  );
}

/** `lat lon` pairs of a ring, closed, in the way manifests write them. */
export function latLonList(ring: readonly (readonly [number, number])[], between: ' ' | ',' = ' '): string {
  return ring.map(([longitude, latitude]) => `${latitude.toFixed(6)}${between}${longitude.toFixed(6)}`).join(' ');
}
