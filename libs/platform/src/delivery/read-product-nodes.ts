import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { TooLargeError } from '#domain/errors.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import type { ProductContent, ProductNode } from '#domain/product/content.js';

const nodesSchema = z.array(
  z.object({
    path: z.string(),
    size: z.number().int().nonnegative(),
    crc32: z.number().int().nonnegative(),
    method: z.union([z.literal(0), z.literal(8)]),
    offset: z.number().int().nonnegative(),
    storedSize: z.number().int().nonnegative(),
    digest: z.object({ algorithm: z.enum(['md5', 'sha-256', 'sha-512', 'sha3-256']), value: z.string() }).optional(),
  }),
);

const KEPT = 64;
const MAX_INDEX_BYTES = 32 * 1024 * 1024;

/** Reads the node index of a zip deliverable; the last few are kept, since one client asks for many nodes of one product. */
@Injectable()
export class ReadProductNodes {
  private readonly kept = new Map<string, Promise<readonly ProductNode[]>>();

  constructor(private readonly store: ObjectStore) {}

  /** Empty where the deliverable is no zip. Throws NotFoundError where the index is gone. */
  execute(content: ProductContent): Promise<readonly ProductNode[]> {
    if (content.nodesKey === undefined) return Promise.resolve([]);
    const version = `${content.nodesKey} ${content.digests.map(({ value }) => value).join()}`;
    const known = this.kept.get(version);
    if (known) return known;
    const nodes = this.read(content.nodesKey);
    this.kept.set(version, nodes);
    nodes.catch(() => this.kept.delete(version));
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
    return nodes;
  }

  private async read(key: string): Promise<readonly ProductNode[]> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of await this.store.get(key)) {
      size += chunk.length;
      if (size > MAX_INDEX_BYTES) throw new TooLargeError(`The node index ${key} is larger than any product's.`);
      chunks.push(chunk);
    }
    const nodes = nodesSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    return nodes.map(({ digest, ...node }) => (digest === undefined ? node : { ...node, digest }));
  }
}
