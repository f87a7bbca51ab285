import type { Asset } from '#domain/product/asset.js';
import type { ProductContent } from '#domain/product/content.js';
import { isJsonObject, type JsonObject } from '../json/json-value.js';

/** A bucket in which readers may read the objects of the archive themselves. */
export interface S3Archive {
  /** Address of the S3 service as readers reach it. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
}

/** The name of the scheme, and of the alternate by it. */
export const S3_NAME = 's3';

const AMAZON = /\.amazonaws\.com$/;

/** Storage extension 2.0.0: where the bucket is and how it is spoken to, beside the schemes an item has of its source. */
export function writeSchemes({ endpoint, bucket, region }: S3Archive, properties: object): object {
  const place = AMAZON.test(new URL(endpoint).hostname)
    ? { type: 'aws-s3', platform: 'https://{bucket}.s3.{region}.amazonaws.com' }
    : { type: 'custom-s3', platform: endpoint.replace(/\/$/, '') };
  const own = { [S3_NAME]: { ...place, bucket, region, requester_pays: false } };
  const given = 'storage:schemes' in properties ? properties['storage:schemes'] : undefined;
  return { 'storage:schemes': { ...(isJsonObject(given) ? given : {}), ...own } };
}

/**
 * An asset with its key as an alternate (Alternate Assets extension 1.2.0) where it is a whole object of the archive; a part of one is named by no S3
 * address. Beside what the source says of other places.
 */
export function offered<T extends object>(
  asset: T,
  held: Pick<Asset, 'location'> | ProductContent,
  archive?: S3Archive,
): T {
  const key = keyOf(held);
  if (archive === undefined || key === undefined) return asset;
  const alternate = {
    href: `s3://${archive.bucket}/${key}`,
    'alternate:name': 'S3',
    title: 'The same object in the archive, for who may read there',
    'storage:refs': [S3_NAME],
  };
  return { ...asset, alternate: { ...alternatesOf(asset), [S3_NAME]: alternate } };
}

/** Whether an asset says where it is in the archive. */
export function isOffered(asset: object): boolean {
  return S3_NAME in alternatesOf(asset);
}

function alternatesOf(asset: object): JsonObject {
  return 'alternate' in asset && isJsonObject(asset.alternate) ? asset.alternate : {};
}

function keyOf(held: Pick<Asset, 'location'> | ProductContent): string | undefined {
  if ('key' in held) return held.key;
  return held.location?.offset === undefined ? held.location?.key : undefined;
}
