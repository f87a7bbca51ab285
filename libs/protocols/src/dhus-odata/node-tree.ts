/** A file of a product by its path, `/`-separated, and its size in bytes. */
export interface NodeFile {
  readonly path: string;
  readonly size: number;
}

/** A folder or a file of a product. Folders have no size. */
export interface TreeNode<F extends NodeFile = NodeFile> {
  /** Path from the product on; empty for the product itself. */
  readonly path: string;
  readonly name: string;
  readonly childCount: number;
  readonly file?: F;
}

/** The files of a product as a tree; asking for children reads the list once. */
export class NodeTree<F extends NodeFile> {
  constructor(private readonly files: readonly F[]) {}

  /** What lies in a folder ('' for the product), by name; empty for a file. */
  children(folder: string): readonly TreeNode<F>[] {
    const prefix = folder === '' ? '' : `${folder}/`;
    const found = new Map<string, { grandchildren: Set<string>; file?: F }>();
    for (const file of this.files) {
      if (!file.path.startsWith(prefix) || file.path.length === prefix.length) continue;
      const [name = '', below] = file.path.slice(prefix.length).split('/', 2);
      const entry = found.get(name) ?? { grandchildren: new Set() };
      if (below === undefined) entry.file = file;
      else if (below !== '') entry.grandchildren.add(below);
      found.set(name, entry);
    }
    return [...found]
      .map(([name, { grandchildren, file }]) => ({
        path: prefix + name,
        name,
        childCount: grandchildren.size,
        ...(file === undefined ? {} : { file }),
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The folder or file at a path, undefined where there is none. */
  find(path: string): TreeNode<F> | undefined {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    return this.children(folder).find((node) => node.path === path);
  }
}
