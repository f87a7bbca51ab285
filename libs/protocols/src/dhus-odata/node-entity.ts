import type { Product } from '#domain/product/product.js';
import { ingestedAt } from '../dhus/product-record.js';
import type { TreeNode } from './node-tree.js';
import { pathKey, type ODataEntity } from './odata-value.js';

/** A folder or file inside a product as the entity `DHuS.Node`. */
export function nodeEntity(product: Product, node: TreeNode, path: string): ODataEntity {
  const isFile = node.file !== undefined;
  const mediaType = isFile ? 'application/octet-stream' : 'Item';
  return {
    type: 'Node',
    path,
    title: node.name,
    updated: product.updated ?? ingestedAt(product),
    mediaType,
    properties: [
      { name: 'Id', value: node.name },
      { name: 'Name', value: node.name },
      { name: 'ContentType', value: mediaType },
      { name: 'ContentLength', value: node.file?.size ?? 0 },
      { name: 'ChildrenNumber', value: node.childCount },
      { name: 'Value', value: null },
    ],
    links: [
      { name: 'Class', many: false },
      { name: 'Nodes', many: true },
      { name: 'Attributes', many: true },
    ],
  };
}

/** `Products('uuid')/Nodes('X.SAFE')/Nodes('manifest.safe')` of a path inside the product. */
export function nodePath(productPath: string, path: string): string {
  return (
    productPath +
    path
      .split('/')
      .map((name) => `/Nodes${pathKey(name)}`)
      .join('')
  );
}
