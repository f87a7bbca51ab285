import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFoundError } from '#domain/errors.js';
import { OperatorOnly } from '#platform/authenticate.guard.js';
import { Budgeted } from '#platform/client-budget.js';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import { parseResourcePath } from '#protocols/odata/resource-path.js';
import { writeSubscription } from '#protocols/odata/subscription-entity.js';
import { ManageSubscriptions } from './manage-subscriptions.js';
import { ODATA_ROOT, pathOf, queryOf, sendJson } from './odata-answer.js';
import { ODataFilter } from './odata.filter.js';
import { ReadMessages } from './read-messages.js';

/** `/odata/v1/Subscriptions`: PULL and PUSH, as CDSE has them; for operators until there are accounts. */
@ApiTags('odata')
@Controller(ODATA_ROOT)
@OperatorOnly()
@UseFilters(ODataFilter)
@Budgeted()
export class SubscriptionsController {
  constructor(
    private readonly subscriptions: ManageSubscriptions,
    private readonly messages: ReadMessages,
    private readonly publicAddress: PublicAddress,
  ) {}

  @Get('Subscriptions')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendJson(await this.subscriptions.list(), request, reply);
  }

  /** A new one. */
  @Post('Subscriptions')
  async create(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    void reply.status(201);
    await sendJson(await this.subscriptions.create(body), request, reply);
  }

  @Get('Subscriptions:key')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendJson(writeSubscription(await this.subscriptions.find(idOf(request, 'entity'))), request, reply);
  }

  /** Another status, filter or endpoint. */
  @Patch('Subscriptions:key')
  async change(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendJson(await this.subscriptions.change(idOf(request, 'entity'), body), request, reply);
  }

  @Delete('Subscriptions:key')
  async remove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.subscriptions.remove(idOf(request, 'entity'));
    await reply.status(204).send();
  }

  /** The next messages, the same again until they are acknowledged. */
  @Get('Subscriptions:key/Read')
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const service = `${this.publicAddress.of(request)}/${ODATA_ROOT}`;
    const id = idOf(request, 'read');
    await sendJson(await this.messages.read(id, queryOf(request), service, clientGone(reply)), request, reply);
  }

  /** Acknowledges a message and all before it. */
  @Post('Subscriptions:key/Ack')
  @HttpCode(200)
  async acknowledge(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const id = idOf(request, 'ack');
    await sendJson(await this.messages.acknowledge(id, queryOf(request), clientGone(reply)), request, reply);
  }
}

/** The key in the parentheses. */
function idOf(request: FastifyRequest, part: 'entity' | 'read' | 'ack'): string {
  const resource = parseResourcePath(pathOf(request));
  if (resource?.kind === 'subscription' && resource.part === part) return resource.id;
  throw new NotFoundError('There is no such resource; subscriptions are Subscriptions and Subscriptions(id).');
}
