import { ASSET_KEYS, type Asset } from '#domain/product/asset.js';
import type { Product } from '#domain/product/product.js';
import { productLinks } from '../links/product-links.js';
import { writeFileChecksum } from './file-checksum.js';
import { offered, type S3Archive } from './s3-archive.js';

/** A STAC 1.1 asset. */
export type StacAsset = Readonly<Record<string, unknown>> & { readonly href: string };

/** The item's assets: our files under `/dl/{collection}/{id}/`, the deliverable by its own name; others where they are. */
export function writeAssets(
  product: Product,
  address: string,
  archive?: S3Archive,
): Readonly<Record<string, StacAsset>> {
  const folder = `${address}/dl/${encodeURIComponent(product.collection)}/${encodeURIComponent(product.id)}`;
  const named = Object.entries(product.assets).map(
    ([key, asset]) =>
      [
        key,
        offered(writeAsset(asset, asset.href ?? `${folder}/asset/${encodeURIComponent(key)}`), asset, archive),
      ] as const,
  );
  const assets = Object.fromEntries(named);
  return product.content === undefined
    ? assets
    : {
        [ASSET_KEYS.product]: offered(writeDeliverable(product, folder, address), product.content, archive),
        ...without(assets),
      };
}

function without(assets: Record<string, StacAsset>): Record<string, StacAsset> {
  return Object.fromEntries(Object.entries(assets).filter(([key]) => key !== ASSET_KEYS.product));
}

function writeDeliverable(product: Product, folder: string, address: string): StacAsset {
  const { content, assets } = product;
  const given = assets[ASSET_KEYS.product];
  const asset: Asset = {
    title: content?.fileName ?? product.id,
    ...given,
    roles: given?.roles.length ? given.roles : ['data', 'archive'],
    ...(content === undefined ? {} : { mediaType: content.mediaType, size: content.size, digests: content.digests }),
  };
  return {
    ...writeAsset(asset, `${folder}/${encodeURIComponent(content?.fileName ?? product.id)}`),
    ...alternateOf(asset, product, address),
  };
}

/** Alternate Assets extension 1.2.0: the same bytes by the name of the product alone, beside what the source says of others. */
function alternateOf(asset: Asset, product: Product, address: string): object {
  const { download } = productLinks(product, { address, name: '' });
  if (download === undefined) return {};
  const given = asset.fields?.['alternate'];
  const byName = { href: download, 'alternate:name': 'By file name', title: 'The same by its file name alone' };
  return { alternate: { ...(typeof given === 'object' ? given : {}), download: byName } };
}

function writeAsset(asset: Asset, href: string): StacAsset {
  const checksum = writeFileChecksum(asset.digests ?? []);
  const fields = asset.fields ?? {};
  return {
    ...fields,
    ...crsFields(fields),
    href,
    ...(asset.title === undefined ? {} : { title: asset.title }),
    ...(asset.mediaType === undefined ? {} : { type: asset.mediaType }),
    ...(asset.roles.length === 0 ? {} : { roles: asset.roles }),
    ...(asset.size === undefined ? {} : { 'file:size': asset.size }),
    ...(checksum === undefined ? {} : { 'file:checksum': checksum }),
  };
}

/** `proj:epsg` beside `proj:code` (Projection extension 1.2.0): GDAL's STACIT driver before 3.10 opens no asset without it. */
function crsFields(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> {
  const [, code] = /^EPSG:(\d{1,6})$/.exec(String(fields['proj:code'])) ?? [];
  return code === undefined || 'proj:epsg' in fields ? {} : { 'proj:epsg': Number(code) };
}
