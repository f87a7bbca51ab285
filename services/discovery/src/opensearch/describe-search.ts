import { Injectable } from '@nestjs/common';
import { writeDescription } from '#protocols/opensearch/description.js';
import type { Mirror } from '#protocols/links/product-links.js';
import { parseParentIdentifier } from '#protocols/opensearch/product-identifier.js';
import { KnownCollections } from '../known-collections.js';

/** Describes the search of one collection, or of all, as an OpenSearch description document. */
@Injectable()
export class DescribeSearch {
  constructor(private readonly collections: KnownCollections) {}

  async execute(mirror: Mirror, parentIdentifier: string | undefined): Promise<string> {
    if (parentIdentifier === undefined) {
      return writeDescription({ mirror, collections: await this.collections.all(), isWithinOne: false });
    }
    const collection = await this.collections.find(parseParentIdentifier(parentIdentifier));
    return writeDescription({ mirror, collections: [collection], isWithinOne: true });
  }
}
