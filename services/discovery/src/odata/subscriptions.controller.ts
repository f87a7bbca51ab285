import { Body, Controller, Delete, Get, Patch, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFoundError } from '#domain/errors.js';
import { OperatorOnly } from '#platform/authenticate.guard.js';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import { parseResourcePath, type ODataResource } from '#protocols/odata/resource-path.js';
import { writeSubscription } from '#protocols/odata/subscription-entity.js';
import { ManageSubscriptions } from './manage-subscriptions.js';
import { ODATA_ROOT, pathOf, queryOf, sendJson } from './odata-answer.js';
import { ODataFilter } from './odata.filter.js';
import { ReadMessages } from './read-messages.js';

type SubscriptionResource = Extract<ODataResource, { readonly kind: 'subscription' | 'subscriptions' }>;

/** `/odata/v1/Subscriptions`: PULL and PUSH, as CDSE has them; for operators until there are accounts. */
@ApiTags('odata')
@Controller(ODATA_ROOT)
@OperatorOnly()
@UseFilters(ODataFilter)
export class SubscriptionsController {
  constructor(
    private readonly subscriptions: ManageSubscriptions,
    private readonly messages: ReadMessages,
    private readonly publicAddress: PublicAddress,
  ) {}

  /** The set, one of it, or the next messages of one (`Read`). */
  @Get('Subscriptions*')
  async get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const resource = resourceOf(request);
    if (resource.kind === 'subscriptions') return sendJson(await this.subscriptions.list(), request, reply);
    const { id, part } = resource;
    if (part === 'entity') return sendJson(writeSubscription(await this.subscriptions.find(id)), request, reply);
    if (part !== 'read') throw new NotFoundError('Acknowledging is posted.');
    const service = `${this.publicAddress.of(request)}/${ODATA_ROOT}`;
    return sendJson(await this.messages.read(id, queryOf(request), service, clientGone(reply)), request, reply);
  }

  /** A new one, or `Ack` of messages. */
  @Post('Subscriptions*')
  async post(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const resource = resourceOf(request);
    if (resource.kind === 'subscriptions') {
      void reply.status(201);
      return sendJson(await this.subscriptions.create(body), request, reply);
    }
    if (resource.part !== 'ack') throw new NotFoundError('Nothing can be posted there.');
    void reply.status(200);
    return sendJson(await this.messages.acknowledge(resource.id, queryOf(request), clientGone(reply)), request, reply);
  }

  /** Another status, filter or endpoint. */
  @Patch('Subscriptions*')
  async patch(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendJson(await this.subscriptions.change(idOf(request), body), request, reply);
  }

  @Delete('Subscriptions*')
  async remove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.subscriptions.remove(idOf(request));
    await reply.status(204).send();
  }
}

function resourceOf(request: FastifyRequest): SubscriptionResource {
  const resource = parseResourcePath(pathOf(request));
  if (resource?.kind === 'subscriptions' || resource?.kind === 'subscription') return resource;
  throw new NotFoundError('There is no such resource; subscriptions are Subscriptions and Subscriptions(id).');
}

function idOf(request: FastifyRequest): string {
  const resource = resourceOf(request);
  if (resource.kind === 'subscription' && resource.part === 'entity') return resource.id;
  throw new NotFoundError('Only a subscription, Subscriptions(id), can be changed.');
}
