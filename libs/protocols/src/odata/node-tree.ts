import type { ProductNode } from '#domain/product/content.js';

/** A file or folder inside a product. */
export interface TreeNode {
  readonly name: string;
  readonly path: readonly string[];
  /** Files and folders directly in it; 0 for a file. */
  readonly children: number;
  /** Absent for a folder. */
  readonly file?: ProductNode;
}

/** What lies directly in a folder of a product (the product itself for an empty path), in the order of the deliverable; nothing for a file or an unknown path. */
export function childrenOf(nodes: readonly ProductNode[], path: readonly string[]): readonly TreeNode[] {
  const prefix = path.length === 0 ? '' : `${path.join('/')}/`;
  const found = new Map<string, { file?: ProductNode; readonly inside: Set<string> }>();
  for (const node of nodes) {
    if (!node.path.startsWith(prefix)) continue;
    const [name = '', below] = node.path.slice(prefix.length).split('/', 2);
    if (name === '') continue;
    const entry = found.get(name) ?? { inside: new Set<string>() };
    if (below === undefined) entry.file = node;
    else if (below !== '') entry.inside.add(below);
    found.set(name, entry);
  }
  return [...found].map(([name, { file, inside }]) => ({
    name,
    path: [...path, name],
    children: inside.size,
    ...(file === undefined ? {} : { file }),
  }));
}

/** The node of that path; undefined where there is none. */
export function nodeAt(nodes: readonly ProductNode[], path: readonly string[]): TreeNode | undefined {
  const name = path.at(-1);
  return childrenOf(nodes, path.slice(0, -1)).find((node) => node.name === name);
}
