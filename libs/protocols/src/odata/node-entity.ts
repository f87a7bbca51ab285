import type { TreeNode } from './node-tree.js';

/** The list of nodes as CDSE writes it. */
export function writeNodes(nodes: readonly TreeNode[], product: string): Record<string, unknown> {
  return { result: nodes.map((node) => writeNode(node, product)) };
}

/** A node; `product` is the address of its product. */
export function writeNode(node: TreeNode, product: string): Record<string, unknown> {
  const address = node.path.reduce((parent, name) => `${parent}/Nodes(${encodeURIComponent(name)})`, product);
  return {
    Id: node.name,
    Name: node.name,
    ContentLength: node.file?.size ?? 0,
    ChildrenNumber: node.children,
    Nodes: { uri: `${address}/Nodes` },
  };
}
