import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeXml } from '#protocols/xml/write-xml.js';
import type { XmlMarkup } from '#protocols/xml/xml-element.js';

/** A file of a product as its manifest names it. */
export interface ManifestFile {
  /** Id of the data object. */
  readonly id: string;
  /** Inside the product, `/`-separated. */
  readonly path: string;
  readonly size: number;
  /** Hex. */
  readonly checksum: string;
  /** Sentinel-1: the schema the file is of, and the ids of the annotations that describe it. */
  readonly schema?: string;
  readonly describedBy?: readonly string[];
}

/** How a file is named in the manifest, and where it lies. */
export type FileName = Omit<ManifestFile, 'size' | 'checksum'>;

/** The folder of a product in the making; remembers what a manifest has to say about each file. */
export class FileTree {
  readonly files: ManifestFile[] = [];

  constructor(
    readonly folder: string,
    private readonly algorithm: 'md5' | 'sha3-256',
  ) {}

  async addXml(file: FileName, root: XmlMarkup): Promise<void> {
    await this.addFile(file, (target) => writeFile(target, writeXml(root)));
  }

  /** Adds a file that a writer of its own writes at the place it is given. */
  async addFile(file: FileName, write: (target: string) => Promise<void>): Promise<void> {
    const target = await this.place(file.path);
    await write(target);
    const bytes = await readFile(target);
    const checksum = createHash(this.algorithm).update(bytes).digest('hex');
    this.files.push({ ...file, size: bytes.length, checksum });
  }

  /** Writes the manifest, which names everything but itself. */
  async writeManifest(path: string, root: XmlMarkup): Promise<void> {
    await writeFile(await this.place(path), writeXml(root));
  }

  private async place(path: string): Promise<string> {
    const target = join(this.folder, path);
    await mkdir(dirname(target), { recursive: true });
    return target;
  }
}
