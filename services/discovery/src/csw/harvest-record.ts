import { Injectable } from '@nestjs/common';
import { OutgoingHttp } from '#domain/ports/outgoing-http.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { ProductStore } from '#domain/ports/product-store.js';
import { CswError, invalidValue } from '#protocols/csw/csw-error.js';
import type { HarvestRequest } from '#protocols/csw/csw-request.js';
import { OPERATIONS } from '#protocols/csw/operations.js';
import type { TransactionOutcome } from '#protocols/csw/transaction-response.js';
import { parseXmlBytes } from '#protocols/xml/parse-xml.js';
import { readPublishable, registerRecords } from './publishable-records.js';

const LARGEST = 16 << 20;

/** Harvest: fetches one resource through the guard of outgoing requests and takes its records over, at once and once. */
@Injectable()
export class HarvestRecord {
  constructor(
    private readonly outgoing: OutgoingHttp,
    private readonly catalog: ProductCatalog,
    private readonly store: ProductStore,
  ) {}

  async execute(request: HarvestRequest, signal: AbortSignal): Promise<TransactionOutcome> {
    refuseOptions(request);
    const answer = await this.outgoing.send({ url: request.source, maxBytes: LARGEST, signal });
    if (answer.status !== 200) throw invalidValue('Source', `${request.source} answered with status ${answer.status}.`);
    const publishable = readPublishable(parseXmlBytes(answer.body, { size: LARGEST }), 'Source');
    const products = publishable.map(({ product }) => product);
    await registerRecords(products, this.catalog, this.store);
    const outcomes = await this.store.publish(products, {
      source: `harvest:${new URL(request.source).host}`,
      keepHeld: true,
    });
    const created = publishable.filter((_, index) => outcomes[index]?.change === 'created');
    const updated = outcomes.filter(({ change }) => change === 'modified').length;
    return { inserted: [{ records: created.map(({ record }) => record) }], updated, deleted: 0 };
  }
}

function refuseOptions({ resourceType, handlers, interval }: HarvestRequest): void {
  const types = OPERATIONS.find(({ name }) => name === 'Harvest')?.parameters('3.0.0')['ResourceType'] ?? [];
  if (!types.includes(resourceType)) {
    throw invalidValue('ResourceType', `Resources of the type ${resourceType.slice(0, 200)} are not harvested here.`);
  }
  if (handlers.length > 0)
    throw new CswError(
      'Harvest answers at once; it takes no ResponseHandler.',
      'OptionNotSupported',
      'ResponseHandler',
    );
  if (interval !== undefined) {
    throw new CswError('Harvest is done once; it takes no HarvestInterval.', 'OptionNotSupported', 'HarvestInterval');
  }
}
