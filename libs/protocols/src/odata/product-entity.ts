import { InvalidError } from '#domain/errors.js';
import { ASSET_KEYS } from '#domain/product/asset.js';
import type { Digest } from '#domain/product/digest.js';
import type { Product } from '#domain/product/product.js';
import { writeEwkt } from '../wkt/write-wkt.js';
import { assetIdOf } from './asset-id.js';
import type { ODataOptions } from './odata-options.js';
import { writeODataInstant } from './odata-time.js';
import { writeAttributes } from './product-attributes.js';
import { productName } from './product-name.js';
import { PRODUCT_MEDIA_TYPE } from './product-vocabulary.js';

/** What an entity shows: its lists, and which properties. */
export type EntityShape = Pick<ODataOptions, 'expand' | 'select'>;

const EXPANDABLE: Readonly<Record<string, string>> = {
  attributes: 'Attributes',
  assets: 'Assets',
  locations: 'Locations',
};

/** Never evicted, as CDSE says it. */
const NEVER = '9999-12-31T23:59:59.999999Z';

const ALGORITHMS: Readonly<Record<Digest['algorithm'], string>> = {
  md5: 'MD5',
  'sha-256': 'SHA256',
  'sha-512': 'SHA512',
  'sha3-256': 'SHA3-256',
};

/** A product as CDSE writes one; `service` is the service root. Properties of an unknown `$select` are refused before, by checkShape. */
export function writeProduct(product: Product, service: string, shape: EntityShape): Record<string, unknown> {
  const entity = { ...properties(product), ...lists(product, service, shape) };
  const { select } = shape;
  if (select === undefined) return entity;
  const wanted = new Set(['@odata.mediacontenttype', ...shape.expand, ...select.map(firstOf)]);
  return Object.fromEntries(Object.entries(entity).filter(([name]) => wanted.has(name.toLowerCase())));
}

/** Throws InvalidError for an `$expand` or `$select` of what products do not have. */
export function checkShape({ expand, select = [] }: EntityShape): void {
  const unknown = [...expand].find((name) => !Object.hasOwn(EXPANDABLE, name));
  if (unknown !== undefined) {
    throw new InvalidError(`$expand takes Attributes, Assets and Locations, not ${unknown.slice(0, 40)}.`, {
      subject: '$expand',
    });
  }
  const missing = select.find((name) => !PROPERTIES.has(firstOf(name)) && !Object.hasOwn(EXPANDABLE, firstOf(name)));
  if (missing !== undefined) {
    throw new InvalidError(`$select: products have no ${missing.slice(0, 40)}.`, { subject: '$select' });
  }
}

/** `$metadata#Products(Attributes(),Assets())`, as CDSE names what an answer holds. */
export function contextOf(set: string, { expand, select = [] }: EntityShape): string {
  const parts = [...select, ...[...expand].map((name) => `${EXPANDABLE[name]}()`)];
  return `$metadata#${set}${parts.length === 0 ? '' : `(${parts.join(',')})`}`;
}

/** `Checksum` of a product or an asset. */
export function writeChecksums(digests: readonly Digest[], date: Date | undefined): readonly unknown[] {
  return digests.map(({ algorithm, value }) => ({
    Value: value,
    Algorithm: ALGORITHMS[algorithm],
    ChecksumDate: date === undefined ? null : writeODataInstant(date),
  }));
}

/** `Assets`: the quick-look, where there is one. */
export function writeAssets(product: Product, service: string): readonly Record<string, unknown>[] {
  const quicklook = Object.hasOwn(product.assets, ASSET_KEYS.quicklook)
    ? product.assets[ASSET_KEYS.quicklook]
    : undefined;
  if (quicklook === undefined) return [];
  const id = assetIdOf(product.uuid);
  return [
    {
      Type: 'QUICKLOOK',
      Id: id,
      DownloadLink: quicklook.href ?? `${service}/Assets(${id})/$value`,
      S3Path: quicklook.location === undefined ? null : `/${quicklook.location.key}`,
    },
  ];
}

/** `Locations`: where the deliverable is. */
export function writeLocations(product: Product, service: string): readonly Record<string, unknown>[] {
  const { content, uuid, published } = product;
  if (content === undefined) return [];
  return [
    {
      FormatType: content.fileName.endsWith('.zip') ? 'Archived' : 'Extracted',
      DownloadLink: `${service}/Products(${uuid})/$value`,
      ContentLength: content.size,
      Checksum: writeChecksums(content.digests, published),
      S3Path: `/${content.key}`,
    },
  ];
}

function lists(product: Product, service: string, { expand, select = [] }: EntityShape): Record<string, unknown> {
  const shown = new Set([...expand, ...select.map(firstOf)]);
  return {
    ...(shown.has('attributes') ? { Attributes: writeAttributes(product) } : {}),
    ...(shown.has('assets') ? { Assets: writeAssets(product, service) } : {}),
    ...(shown.has('locations') ? { Locations: writeLocations(product, service) } : {}),
  };
}

function properties(product: Product): Record<string, unknown> {
  const { content, geometry, published, updated } = product;
  return {
    '@odata.mediaContentType': PRODUCT_MEDIA_TYPE,
    Id: product.uuid,
    Name: productName(product),
    ContentType: PRODUCT_MEDIA_TYPE,
    ContentLength: content?.size ?? 0,
    OriginDate: instantOrNull(published),
    PublicationDate: instantOrNull(published),
    ModificationDate: instantOrNull(updated),
    Online: product.online === 'online',
    EvictionDate: NEVER,
    S3Path: content === undefined ? null : `/${content.key}`,
    Checksum: writeChecksums(content?.digests ?? [], published),
    ContentDate: {
      Start: writeODataInstant(product.acquiredFrom),
      End: writeODataInstant(product.acquiredTo),
    },
    Footprint: geometry === null ? null : `geography'${writeEwkt(geometry)}'`,
    GeoFootprint: geometry,
  };
}

const PROPERTIES = new Set(
  (
    'Id Name ContentType ContentLength OriginDate PublicationDate ModificationDate Online EvictionDate S3Path Checksum ' +
    'ContentDate Footprint GeoFootprint @odata.mediaContentType'
  )
    .toLowerCase()
    .split(' '),
);

function instantOrNull(date: Date | undefined): string | null {
  return date === undefined ? null : writeODataInstant(date);
}

/** `ContentDate/Start` selects ContentDate. */
function firstOf(path: string): string {
  return path.split('/', 1)[0]?.toLowerCase() ?? '';
}
