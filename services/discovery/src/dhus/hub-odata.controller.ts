import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientGone } from '#platform/client-gone.js';
import { sendDelivery } from '#platform/delivery/send-delivery.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument, type ResponseDocument } from '#platform/send-document.js';
import { parseODataFormat } from '#protocols/dhus-odata/query-options.js';
import { writeMetadataDocument } from '#protocols/dhus-odata/metadata-document.js';
import { writeServiceDocument } from '#protocols/dhus-odata/service-document.js';
import { writeAtomEntity, writeAtomFeed, writeXmlProperty } from '#protocols/dhus-odata/write-atom.js';
import { writeJsonEntity, writeJsonFeed, writeJsonProperty } from '#protocols/dhus-odata/write-json.js';
import { HubODataFilter } from './hub-odata.filter.js';
import type { HubResource } from './hub-resource.js';
import { rawQuery } from './raw-query.js';
import { ReadHub } from './read-hub.js';

const ROOT = '/dhus/odata/v1';

type Document = Exclude<HubResource, { kind: 'media' }>;

/** `/dhus/odata/v1`: the OData 2.0 service of DHuS, to be read. Paths hold parentheses and quotes, so they are taken whole. */
@ApiTags('dhus')
@Controller('dhus/odata/v1')
@UseFilters(HubODataFilter)
export class HubODataController {
  constructor(
    private readonly readHub: ReadHub,
    private readonly publicAddress: PublicAddress,
  ) {}

  /** The service document. */
  @Get()
  root(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply);
  }

  /** Everything else: `$metadata`, feeds, entities, properties, values. */
  @Get('*')
  any(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply);
  }

  private async answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const parameters = rawQuery(request);
    const format = parseODataFormat(parameters, request.headers.accept);
    const root = this.publicAddress.of(request) + ROOT;
    const path = (request.url.split('?', 1)[0] ?? '').slice(ROOT.length);
    const resource = await this.readHub.execute(path, { parameters, root, signal: clientGone(reply) });
    void reply.header('DataServiceVersion', '2.0').header('Pragma', 'no-cache');
    if (resource.kind === 'media') await sendDelivery(resource.delivery, request, reply);
    else await sendDocument(documentOf(resource, root, format), request, reply);
  }
}

function documentOf(resource: Document, root: string, format: 'json' | 'atom'): ResponseDocument {
  switch (resource.kind) {
    case 'metadata':
      return { body: writeMetadataDocument(), mediaType: 'application/xml; charset=utf-8' };
    case 'service':
      return { body: writeServiceDocument(root, format), mediaType: typeOf(format, 'application/atomsvc+xml') };
    case 'text':
      return { body: resource.text, mediaType: 'text/plain;charset=utf-8' };
    case 'feed': {
      const body = format === 'json' ? writeJsonFeed(resource.feed, root) : writeAtomFeed(resource.feed, root);
      return { body, mediaType: typeOf(format, 'application/atom+xml;type=feed') };
    }
    case 'entity': {
      const body = format === 'json' ? writeJsonEntity(resource.entity, root) : writeAtomEntity(resource.entity, root);
      return { body, mediaType: typeOf(format, 'application/atom+xml;type=entry') };
    }
    case 'property': {
      const body = format === 'json' ? writeJsonProperty(resource.property) : writeXmlProperty(resource.property);
      return { body, mediaType: typeOf(format, 'application/xml') };
    }
  }
}

function typeOf(format: 'json' | 'atom', xml: string): string {
  return format === 'json' ? 'application/json' : `${xml};charset=utf-8`;
}
