import { Injectable } from '@nestjs/common';
import { NotFoundError } from '#domain/errors.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { ProductNode } from '#domain/product/content.js';
import type { Digest } from '#domain/product/digest.js';
import type { Product } from '#domain/product/product.js';
import type { Directory, DirectoryEntry } from './directory-view.js';
import { ReadProductNodes } from '#platform/delivery/read-product-nodes.js';

const PAGE = 200;

/** Lays the archive out as folders: collections, products, what a product offers, what is in its zip. */
@Injectable()
export class ListDirectory {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly nodes: ReadProductNodes,
  ) {}

  async ofArchive(): Promise<Directory> {
    const collections = (await this.catalog.collections()).filter(({ count }) => count > 0);
    const entries = collections.map(({ collection: { id } }) => ({ name: `${id}/`, href: pathOf(id) }));
    return { title: 'Products by collection', entries };
  }

  /** Newest first. Throws NotFoundError, InvalidError for a forged cursor. */
  async ofCollection(collection: string, cursor: string | undefined): Promise<Directory> {
    if (!(await this.catalog.collection(collection))) {
      throw new NotFoundError(`There is no collection ${collection}.`, { subject: collection });
    }
    const page = { kind: 'keyset', limit: PAGE, ...(cursor === undefined ? {} : { cursor }) } as const;
    const { products, next } = await this.catalog.search({ collections: [collection], page });
    const entries = products.map((product) => ({
      name: `${product.id}/`,
      href: pathOf(collection, product.id),
      ...(product.updated && { modified: product.updated }),
    }));
    const directory = { title: collection, parent: '/dl/', entries };
    return next === undefined
      ? directory
      : { ...directory, next: `${pathOf(collection)}?cursor=${encodeURIComponent(next)}` };
  }

  /** The deliverable, the assets kept here, and the folder of nodes where it is a zip. */
  ofProduct(product: Product): Directory {
    const base = pathOf(product.collection, product.id);
    const assets = Object.entries(product.assets).filter(
      ([, { location }]) => location !== undefined && location.key !== product.content?.key,
    );
    const entries: DirectoryEntry[] = assets.map(([key, asset]) => ({
      name: `asset/${key}`,
      href: `${base}asset/${encodeURIComponent(key)}`,
      ...(asset.size !== undefined && { size: asset.size }),
      ...(asset.mediaType !== undefined && { mediaType: asset.mediaType }),
      ...shaOf(asset.digests),
    }));
    const parent = pathOf(product.collection);
    return { title: product.id, parent, entries: [...deliverableOf(product, base), ...entries] };
  }

  /** A folder inside the zip, `path` without slashes around it; undefined where there is none. */
  ofNodes(product: Product, nodes: readonly ProductNode[], path: string): Directory | undefined {
    const prefix = path === '' ? '' : `${path}/`;
    const inside = nodes.filter((node) => node.path.startsWith(prefix));
    if (inside.length === 0) return undefined;
    const base = `${pathOf(product.collection, product.id)}nodes/`;
    const entries = new Map<string, DirectoryEntry>();
    for (const node of inside) {
      const [name = '', ...deeper] = node.path.slice(prefix.length).split('/');
      const href = base + encodePath(prefix + name);
      if (deeper.length > 0) entries.set(name, { name: `${name}/`, href: `${href}/` });
      else entries.set(name, { name, href, size: node.size });
    }
    const up = path.includes('/') ? `${base}${encodePath(path.slice(0, path.lastIndexOf('/')))}/` : base;
    const parent = path === '' ? pathOf(product.collection, product.id) : up;
    return { title: path === '' ? product.id : path, parent, entries: [...entries.values()] };
  }

  /** The nodes of an online product's zip. */
  async nodesOf(product: Product): Promise<readonly ProductNode[]> {
    return product.content ? this.nodes.execute(product.content) : [];
  }
}

function deliverableOf(product: Product, base: string): readonly DirectoryEntry[] {
  const { content } = product;
  if (!content || product.online !== 'online') return [];
  const file = {
    name: content.fileName,
    href: base + encodeURIComponent(content.fileName),
    size: content.size,
    mediaType: content.mediaType,
    ...shaOf(content.digests),
  };
  return content.nodesKey === undefined ? [file] : [file, { name: 'nodes/', href: `${base}nodes/` }];
}

function shaOf(digests: readonly Digest[] | undefined): { readonly sha256: string } | undefined {
  const value = digests?.find(({ algorithm }) => algorithm === 'sha-256')?.value;
  return value === undefined ? undefined : { sha256: value };
}

function pathOf(...segments: readonly string[]): string {
  return `/dl/${segments.map((segment) => `${encodeURIComponent(segment)}/`).join('')}`;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
