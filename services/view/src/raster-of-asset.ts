import type { ObjectStore } from '#domain/ports/object-store.js';
import type { RasterSource } from '#domain/ports/raster-source.js';
import type { Asset } from '#domain/product/asset.js';

/** An asset of ours as a raster; its digest names the version where it is known, else the store is asked. Throws as the store does. */
export async function rasterOfAsset(
  { location, digests }: Asset,
  store: Pick<ObjectStore, 'head'>,
): Promise<RasterSource> {
  const sha = digests?.find(({ algorithm }) => algorithm === 'sha-256')?.value;
  return { ...location!, etag: sha ?? (await store.head(location!.key)).etag };
}
