import { Injectable } from '@nestjs/common';
import { NotFoundError } from '#domain/errors.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { ProductNode } from '#domain/product/content.js';
import type { Product } from '#domain/product/product.js';
import { ReadProductNodes } from '#platform/delivery/read-product-nodes.js';
import { productOfAsset } from '#protocols/odata/asset-id.js';
import { writeNode, writeNodes } from '#protocols/odata/node-entity.js';
import { childrenOf, nodeAt } from '#protocols/odata/node-tree.js';
import { parseODataOptions } from '#protocols/odata/odata-options.js';
import { writeAttributes } from '#protocols/odata/product-attributes.js';
import { checkShape, contextOf, writeAssets, writeLocations, writeProduct } from '#protocols/odata/product-entity.js';
import type { ODataResource } from '#protocols/odata/resource-path.js';

type OfProduct<Kind> = Extract<ODataResource, { readonly kind: Kind }>;

/** Describes one product, what belongs to it and what is inside it. */
@Injectable()
export class ShowProduct {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly nodes: ReadProductNodes,
  ) {}

  /** Throws NotFoundError. */
  async find(id: string): Promise<Product> {
    const product = await this.catalog.findByUuid(id);
    if (product === undefined) throw new NotFoundError(`There is no product ${id.slice(0, 60)}.`, { subject: 'Id' });
    return product;
  }

  /** The product an asset belongs to. Throws NotFoundError. */
  async findByAsset(id: string): Promise<Product> {
    const product = await this.catalog.findByUuid(productOfAsset(id));
    if (product === undefined) throw new NotFoundError(`There is no asset ${id.slice(0, 60)}.`, { subject: 'Id' });
    return product;
  }

  async entity(id: string, query: string, service: string): Promise<Record<string, unknown>> {
    const options = parseODataOptions(query);
    checkShape(options);
    const context = `${contextOf('Products', options)}/$entity`;
    return { '@odata.context': context, ...writeProduct(await this.find(id), service, options) };
  }

  /** `Products(id)/Attributes`, `/Assets`, `/Locations`. */
  async list(
    id: string,
    part: 'attributes' | 'assets' | 'locations',
    service: string,
  ): Promise<Record<string, unknown>> {
    const product = await this.find(id);
    const lists = {
      attributes: { name: 'Attributes', value: () => writeAttributes(product) },
      assets: { name: 'Assets', value: () => writeAssets(product, service) },
      locations: { name: 'Locations', value: () => writeLocations(product, service) },
    };
    const { name, value } = lists[part];
    return { '@odata.context': `$metadata#Products(${product.uuid})/${name}`, value: value() };
  }

  /** `Assets(id)`. Throws NotFoundError. */
  async asset(id: string, service: string): Promise<Record<string, unknown>> {
    const [asset] = writeAssets(await this.findByAsset(id), service);
    if (asset === undefined) throw new NotFoundError(`There is no asset ${id}.`, { subject: 'Id' });
    return { '@odata.context': '$metadata#Assets/$entity', ...asset };
  }

  /** A node or what lies in it. Throws NotFoundError. */
  async node({ id, path, part }: OfProduct<'node'>, service: string): Promise<Record<string, unknown>> {
    const product = await this.find(id);
    const nodes = await this.nodesOf(product);
    const address = `${service}/Products(${product.uuid})`;
    const node = path.length === 0 ? undefined : nodeAt(nodes, path);
    if (path.length > 0 && node === undefined) throw noNode(product, path);
    if (part === 'children' || node === undefined) return writeNodes(childrenOf(nodes, path), address);
    return { '@odata.context': '$metadata#Nodes/$entity', ...writeNode(node, address) };
  }

  /** The file a node is. Throws NotFoundError. */
  async file(product: Product, path: readonly string[]): Promise<ProductNode> {
    const node = nodeAt(await this.nodesOf(product), path);
    if (node === undefined) throw noNode(product, path);
    if (node.file !== undefined) return node.file;
    throw new NotFoundError(`${path.join('/')} is a folder; its files are in …/Nodes.`, { subject: 'Nodes' });
  }

  /** Nothing where the product is not a zip or not here. */
  private async nodesOf({ content }: Product): Promise<readonly ProductNode[]> {
    return content === undefined ? [] : this.nodes.execute(content);
  }
}

function noNode({ id }: Product, path: readonly string[]): NotFoundError {
  return new NotFoundError(`${id} has no node ${path.join('/').slice(0, 300)}.`, { subject: 'Nodes' });
}
