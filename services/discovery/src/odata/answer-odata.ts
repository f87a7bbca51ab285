import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFoundError } from '#domain/errors.js';
import { ASSET_KEYS } from '#domain/product/asset.js';
import { clientGone } from '#platform/client-gone.js';
import { FindDelivery } from '#platform/delivery/find-delivery.js';
import { requireOnline } from '#platform/delivery/find-product.js';
import { sendDelivery } from '#platform/delivery/send-delivery.js';
import { sendDocument } from '#platform/send-document.js';
import { writeAttributeNames } from '#protocols/odata/attribute-names.js';
import type { ODataResource } from '#protocols/odata/resource-path.js';
import { writeMetadataDocument, writeServiceDocument } from '#protocols/odata/service-document.js';
import { writeXml } from '#protocols/xml/write-xml.js';
import { KnownCollections } from '../known-collections.js';
import { ListDeleted } from './list-deleted.js';
import { ListProducts } from './list-products.js';
import { queryOf, sendJson } from './odata-answer.js';
import { ShowProduct } from './show-product.js';

/** What is asked and where the answer goes. */
export interface ODataExchange {
  readonly resource: ODataResource;
  /** Address of the service root. */
  readonly service: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Of<Kind> = ODataExchange & { readonly resource: Extract<ODataResource, { readonly kind: Kind }> };

/** Answers what is read of the resources: documents as JSON, `$value` as bytes. */
@Injectable()
export class AnswerOData {
  constructor(
    private readonly products: ListProducts,
    private readonly deleted: ListDeleted,
    private readonly shown: ShowProduct,
    private readonly deliveries: FindDelivery,
    private readonly collections: KnownCollections,
  ) {}

  async execute(exchange: ODataExchange): Promise<void> {
    const { resource, request, reply } = exchange;
    if (resource.kind === 'product') return this.product({ ...exchange, resource });
    if (resource.kind === 'asset') return this.asset({ ...exchange, resource });
    if (resource.kind === 'node') return this.node({ ...exchange, resource });
    if (resource.kind === 'metadata' || resource.kind === 'count' || resource.kind === 'deleted-count') {
      return this.sendText(exchange, resource.kind);
    }
    return sendJson(await this.set(exchange), request, reply);
  }

  private async sendText(
    { request, reply }: ODataExchange,
    kind: 'metadata' | 'count' | 'deleted-count',
  ): Promise<void> {
    void reply.header('OData-Version', '4.0');
    if (kind === 'metadata') {
      return sendDocument({ body: writeXml(writeMetadataDocument()), mediaType: 'application/xml' }, request, reply);
    }
    const signal = clientGone(reply);
    const count =
      kind === 'count'
        ? ((await this.products.count(queryOf(request), signal))?.value ?? 0)
        : await this.deleted.count(queryOf(request), signal);
    return sendDocument({ body: String(count), mediaType: 'text/plain; charset=utf-8' }, request, reply);
  }

  private async set({ resource, service, request, reply }: ODataExchange): Promise<unknown> {
    if (resource.kind === 'service') return writeServiceDocument();
    if (resource.kind === 'products') return this.products.page(queryOf(request), service, clientGone(reply));
    if (resource.kind === 'deleted') return this.deleted.page(queryOf(request), service, clientGone(reply));
    if (resource.kind === 'deleted-product') return this.deleted.find(resource.id, clientGone(reply));
    if (resource.kind === 'attribute-names') return this.attributeNames(resource.collection);
    throw new NotFoundError('There is nothing to read there.');
  }

  private async attributeNames(collection: string): Promise<unknown> {
    const names = writeAttributeNames(collection, await this.collections.all());
    if (names !== undefined) return names;
    throw new NotFoundError(`There is no collection ${collection.slice(0, 60)}.`, { subject: 'Attributes' });
  }

  private async product({ resource, service, request, reply }: Of<'product'>): Promise<void> {
    const { id, part } = resource;
    switch (part) {
      case 'entity':
        return sendJson(await this.shown.entity(id, queryOf(request), service), request, reply);
      case 'attributes':
      case 'assets':
      case 'locations':
        return sendJson(await this.shown.list(id, part, service), request, reply);
      case 'quicklook': {
        const product = await this.shown.find(id);
        return sendDelivery(await this.deliveries.ofAsset(product, ASSET_KEYS.quicklook), request, reply);
      }
      case 'value':
      case 'zip':
        return this.deliverable(id, part, request, reply);
    }
  }

  /** `$zip` is what comes as a zip anyway. */
  private async deliverable(
    id: string,
    part: 'value' | 'zip',
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const product = await this.shown.find(id);
    const delivery = await this.deliveries.ofProduct(product);
    if (part === 'zip' && !delivery.fileName.endsWith('.zip')) {
      throw new NotFoundError(`${product.id} is one file; $value delivers it.`, { subject: '$zip' });
    }
    await sendDelivery(delivery, request, reply);
  }

  private async asset({ resource, service, request, reply }: Of<'asset'>): Promise<void> {
    if (resource.part === 'entity') return sendJson(await this.shown.asset(resource.id, service), request, reply);
    const product = await this.shown.findByAsset(resource.id);
    return sendDelivery(await this.deliveries.ofAsset(product, ASSET_KEYS.quicklook), request, reply);
  }

  private async node({ resource, service, request, reply }: Of<'node'>): Promise<void> {
    if (resource.part !== 'value') return sendJson(await this.shown.node(resource, service), request, reply);
    const product = requireOnline(await this.shown.find(resource.id));
    const file = await this.shown.file(product, resource.path);
    return sendDelivery(await this.deliveries.ofNode(product, file), request, reply);
  }
}
