import { basename } from 'node:path';
import { InvalidError } from '#domain/errors.js';
import type { BrowsePlan } from '#domain/ports/browse-maker.js';
import type { NetcdfReader } from '#domain/ports/netcdf-reader.js';
import { describeProduct } from '#protocols/safe/describe-product.js';
import { metadataPathsOf } from '#protocols/safe/metadata-paths.js';
import type { ProductDescription } from '#protocols/safe/product-description.js';
import { localPlan } from './local-plan.js';
import { productAssets } from './product-assets.js';
import type { ProductTree } from './product-tree.js';
import type { LocalFile, ReadProduct } from './read-product.js';

/** Metadata files are text of a few hundred kB; more is not metadata. */
const MAX_METADATA_BYTES = 64 * 1024 * 1024;

/** A SAFE or SEN3 product in a folder or zip. Throws InvalidError with the reason it cannot be taken in. */
export async function readSentinelTree(tree: ProductTree, name: string): Promise<ReadProduct> {
  const prefix = prefixOf(tree);
  const paths = tree.files.map(({ path }) => path.slice(prefix.length)).filter((path) => !path.endsWith('/'));
  const metadata = new Map<string, Uint8Array>();
  for (const path of metadataPathsOf(paths)) metadata.set(path, await bytesOf(tree, `${prefix}${path}`));
  const described = describeProduct({ name: prefix === '' ? name : tree.root, paths, metadata });
  const assets = productAssets(paths);
  return {
    product: { ...described.product, assets: Object.fromEntries([...assets].map(([key, { asset }]) => [key, asset])) },
    expected: described.files.map((file) => ({ ...file, path: `${prefix}${file.path}` })),
    assetFiles: new Map([...assets].map(([key, { path }]) => [key, `${prefix}${path}`])),
    plans: plansOf(described, (path) => `${prefix}${path}`),
  };
}

/** Whether a tree has the metadata of a Sentinel product. */
export function isSentinelTree(tree: ProductTree): boolean {
  const prefix = prefixOf(tree);
  return metadataPathsOf(tree.files.map(({ path }) => path.slice(prefix.length))).length > 0;
}

/** A Sentinel-5P NetCDF file. Throws InvalidError. */
export async function readSentinelNetcdf(netcdf: NetcdfReader, file: string): Promise<ReadProduct> {
  const name = basename(file);
  const { groups } = await netcdf.readAttributes(file);
  const described = describeProduct({ name, paths: [name], metadata: new Map(), netcdf: groups });
  return {
    product: { ...described.product, assets: {} },
    expected: [],
    assetFiles: new Map(),
    plans: plansOf(described, (path) => path),
  };
}

/** `X.SAFE/` where the files lie in one folder of their own, else nothing. */
function prefixOf(tree: ProductTree): string {
  const prefix = `${tree.root}/`;
  return tree.files.every(({ path }) => path.startsWith(prefix)) ? prefix : '';
}

function plansOf(described: ProductDescription, inTree: (path: string) => string): ReadProduct['plans'] {
  return described.browse.map(
    (plan: BrowsePlan) => (localFile: LocalFile) => localPlan(plan, (path) => localFile(inTree(path))),
  );
}

async function bytesOf(tree: ProductTree, path: string): Promise<Uint8Array> {
  const size = tree.files.find((file) => file.path === path)?.size ?? 0;
  if (size > MAX_METADATA_BYTES)
    throw new InvalidError(`${path} has ${size} bytes, too many for a metadata file.`, { subject: path });
  return Buffer.concat(await Array.fromAsync((await tree.open(path)) as AsyncIterable<Uint8Array>));
}
