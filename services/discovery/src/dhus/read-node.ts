import { Injectable } from '@nestjs/common';
import { NotFoundError } from '#domain/errors.js';
import type { ProductNode } from '#domain/product/content.js';
import type { Product } from '#domain/product/product.js';
import type { Delivery } from '#platform/delivery/delivery.js';
import { FindDelivery } from '#platform/delivery/find-delivery.js';
import { requireOnline, type OnlineProduct } from '#platform/delivery/find-product.js';
import { ReadProductNodes } from '#platform/delivery/read-product-nodes.js';
import { classEntity } from '#protocols/dhus-odata/class-entity.js';
import { nodeEntity, nodePath } from '#protocols/dhus-odata/node-entity.js';
import { NodeTree, type TreeNode } from '#protocols/dhus-odata/node-tree.js';
import type { ODataEntity } from '#protocols/dhus-odata/odata-value.js';
import { productPath } from '#protocols/dhus-odata/product-entity.js';
import type { PathSegment } from '#protocols/dhus-odata/resource-path.js';
import { invalidKey, resourceOfEntity, resourceOfList, type HubResource } from './hub-resource.js';

/** A file of a zip, or the whole deliverable where that is one file. */
interface HubFile {
  readonly path: string;
  readonly size: number;
  readonly node?: ProductNode;
}

/** Reads `Products('…')/Nodes…`: the folders and files of a product. */
@Injectable()
export class ReadNode {
  constructor(
    private readonly deliveries: FindDelivery,
    private readonly nodes: ReadProductNodes,
  ) {}

  /** `segments` begin with `Nodes`. Throws NotFoundError, OfflineError. */
  async execute(product: Product, segments: readonly PathSegment[]): Promise<HubResource> {
    const online = requireOnline(product);
    const tree = await this.treeOf(online);
    const end = segments.findIndex(({ name, key }) => name !== 'Nodes' || key === undefined);
    const named = end < 0 ? segments : segments.slice(0, end);
    const tail = end < 0 ? [] : segments.slice(end);
    const path = named.map(({ key = '' }) => key).join('/');
    const node = named.length === 0 ? undefined : tree.find(path);
    if (named.length > 0 && node === undefined) throw invalidKey(named.at(-1)?.key ?? '', 'Nodes');
    const [next, ...rest] = tail;
    if (next?.name === 'Nodes') return resourceOfList(listOf(product, tree, path), rest);
    return this.resourceOf(online, node!, tail);
  }

  /** The first level, for `$expand=Nodes`; nothing for products whose bytes are elsewhere. */
  async roots(product: Product): Promise<readonly ODataEntity[]> {
    if (product.online !== 'online' || product.content === undefined) return [];
    return listOf(product, await this.treeOf(requireOnline(product)), '').entities;
  }

  private async treeOf(product: OnlineProduct): Promise<NodeTree<HubFile>> {
    const { content } = product;
    const nodes = await this.nodes.execute(content);
    if (nodes.length === 0) return new NodeTree<HubFile>([{ path: content.fileName, size: content.size }]);
    return new NodeTree<HubFile>(nodes.map((node) => ({ path: node.path, size: node.size, node })));
  }

  private async resourceOf(
    product: OnlineProduct,
    node: TreeNode<HubFile>,
    tail: readonly PathSegment[],
  ): Promise<HubResource> {
    const path = nodePath(productPath(product), node.path);
    const [next, ...rest] = tail;
    if (next?.name === '$value') return { kind: 'media', delivery: await this.deliveryOf(product, node) };
    if (next?.name === 'Class') return resourceOfEntity(classEntity(product, path), rest);
    if (next?.name === 'Attributes')
      return resourceOfList({ path: `${path}/Attributes`, title: 'Attributes', entities: [] }, rest);
    return resourceOfEntity(nodeEntity(product, node, path), tail);
  }

  private deliveryOf(product: OnlineProduct, { file, name }: TreeNode<HubFile>): Promise<Delivery> {
    if (file === undefined) throw new NotFoundError(`${name} is a folder; ask for the files in it.`, { subject: name });
    return file.node === undefined ? this.deliveries.ofProduct(product) : this.deliveries.ofNode(product, file.node);
  }
}

function listOf(
  product: Product,
  tree: NodeTree<HubFile>,
  folder: string,
): { readonly path: string; readonly title: string; readonly entities: readonly ODataEntity[] } {
  const own = productPath(product);
  const entities = tree.children(folder).map((node) => nodeEntity(product, node, nodePath(own, node.path)));
  return { path: `${folder === '' ? own : nodePath(own, folder)}/Nodes`, title: 'Nodes', entities };
}
