import { Injectable } from '@nestjs/common';
import { RECORDS } from '#domain/collection/record-collection.js';
import { NotFoundError } from '#domain/errors.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Product } from '#domain/product/product.js';
import type { RecordByIdRequest } from '#protocols/csw/csw-request.js';
import { invalidValue } from '#protocols/csw/csw-error.js';
import type { Mirror } from '#protocols/links/product-links.js';
import { parseProductIdentifier } from '#protocols/opensearch/product-identifier.js';
import type { MetadataRecord } from '#protocols/records/metadata-record.js';
import { KnownRecords, type HeldRecords } from './known-records.js';

/** Ids of one request, at most. */
const MOST_IDS = 1000;

/** GetRecordById: a series by its EOP identifier, a published record or a product by its id. Ids that are not there are passed over in 2.0.2; 3.0 asks for one, which has to be there. */
@Injectable()
export class FindRecordById {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly known: KnownRecords,
  ) {}

  async execute(request: RecordByIdRequest, mirror: Mirror): Promise<readonly MetadataRecord[]> {
    if (request.ids.length > MOST_IDS) throw invalidValue('id', `A request has at most ${MOST_IDS} ids.`);
    const held = await this.known.of(mirror);
    const found = await Promise.all(request.ids.map((id) => this.find(id, held)));
    const records = found.filter((record) => record !== undefined);
    if (request.version === '3.0.0' && records.length === 0) {
      throw new NotFoundError(`There is no record ${request.ids[0]?.slice(0, 200) ?? ''}.`, { subject: 'id' });
    }
    return records;
  }

  /** The product behind an id, published or not. */
  async product(id: string): Promise<Product | undefined> {
    const published = await this.catalog.find({ collection: RECORDS, id });
    return published ?? this.catalog.findById(parseProductIdentifier(id));
  }

  private async find(id: string, held: HeldRecords): Promise<MetadataRecord | undefined> {
    const series = held.series.find((record) => record.id === id);
    if (series !== undefined) return series;
    const product = await this.product(id);
    return product === undefined ? undefined : held.recordOf(product);
  }
}
