import { Injectable } from '@nestjs/common';
import { NotFoundError, UnavailableError } from '#domain/errors.js';
import { ObjectStore, type ObjectInfo } from '#domain/ports/object-store.js';
import type { Asset, AssetLocation } from '#domain/product/asset.js';
import type { ProductNode } from '#domain/product/content.js';
import type { Digest } from '#domain/product/digest.js';
import type { Product } from '#domain/product/product.js';
import type { ByteSpan } from '#protocols/http/byte-ranges.js';
import type { Delivery } from './delivery.js';
import { requireOnline, type OnlineProduct } from './find-product.js';
import { inflateSpan } from './inflate-span.js';
import { mediaTypeOf } from './media-type-of.js';

const SHOWN = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** Makes the deliveries of a product: its deliverable, its assets, the files inside its zip. */
@Injectable()
export class FindDelivery {
  constructor(private readonly store: ObjectStore) {}

  /** The deliverable as it came. Throws OfflineError, NotFoundError. */
  async ofProduct(product: Product): Promise<Delivery> {
    const { content } = requireOnline(product);
    const info = await this.store.head(content.key);
    if (info.size !== content.size) {
      throw new UnavailableError(`${content.fileName} is damaged in the store; the operator has to restore it.`);
    }
    return {
      fileName: content.fileName,
      mediaType: content.mediaType,
      size: content.size,
      etag: `"${shaOf(content.digests) ?? info.etag}"`,
      modified: info.modified,
      digests: content.digests,
      disposition: 'attachment',
      open: (span, signal) => this.read({ key: content.key }, span, signal),
    };
  }

  /** An asset that lies in our store, whole or as a window of an object. Throws NotFoundError. */
  async ofAsset(product: Product, assetKey: string): Promise<Delivery> {
    const { asset, location } = keptAsset(product, assetKey);
    const info = await this.store.head(location.key);
    const fileName = `${product.id}-${location.key.slice(location.key.lastIndexOf('/') + 1)}`;
    const mediaType = asset.mediaType ?? mediaTypeOf(location.key);
    return {
      fileName,
      mediaType,
      size: location.length ?? info.size - (location.offset ?? 0),
      etag: assetTag(asset, location, info),
      modified: info.modified,
      digests: asset.digests ?? [],
      disposition: SHOWN.has(mediaType) ? 'inline' : 'attachment',
      open: (span, signal) => this.read(location, span, signal),
    };
  }

  /** A file inside the zip: stored ones are a window of it, deflated ones are inflated on the way. */
  async ofNode(product: OnlineProduct, node: ProductNode): Promise<Delivery> {
    const { content } = product;
    const info = await this.store.head(content.key);
    const fileName = node.path.slice(node.path.lastIndexOf('/') + 1);
    const mediaType = mediaTypeOf(fileName);
    const window = { key: content.key, offset: node.offset, length: node.storedSize };
    return {
      fileName,
      mediaType,
      size: node.size,
      etag: `"${shaOf(content.digests) ?? info.etag}-${node.offset.toString(16)}"`,
      modified: info.modified,
      digests: node.digest ? [node.digest] : [],
      disposition: SHOWN.has(mediaType) ? 'inline' : 'attachment',
      open: (span, signal) =>
        node.method === 8 ? this.inflate(window, span, signal) : this.read(window, span, signal),
    };
  }

  private read(location: AssetLocation, span: ByteSpan, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const offset = (location.offset ?? 0) + span.offset;
    return this.store.get(location.key, { offset, length: span.length }, signal);
  }

  private async inflate(
    window: Required<AssetLocation>,
    span: ByteSpan,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    const { key, offset, length } = window;
    return inflateSpan(await this.store.get(key, { offset, length }, signal), span);
  }
}

function shaOf(digests: readonly Digest[]): string | undefined {
  return digests.find(({ algorithm }) => algorithm === 'sha-256')?.value;
}

function assetTag(asset: Asset, location: AssetLocation, info: ObjectInfo): string {
  const sha = shaOf(asset.digests ?? []);
  if (sha !== undefined) return `"${sha}"`;
  return `"${info.etag.replace(/[^\x21\x23-\x7e]/g, '')}-${(location.offset ?? 0).toString(16)}"`;
}

/** Own properties only: `constructor` is no asset. */
function keptAsset(product: Product, assetKey: string): { readonly asset: Asset; readonly location: AssetLocation } {
  const asset = Object.hasOwn(product.assets, assetKey) ? product.assets[assetKey] : undefined;
  if (!asset) throw new NotFoundError(`${product.id} has no asset ${assetKey}.`, { subject: assetKey });
  const { location, href } = asset;
  if (!location) {
    throw new NotFoundError(`The asset ${assetKey} is not kept here; it is at ${href}.`, { subject: assetKey });
  }
  if (location.key === product.content?.key) requireOnline(product);
  return { asset, location };
}
