import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { InvalidError, NotFoundError } from '#domain/errors.js';
import type { Intake } from '#domain/intake/intake.js';
import { IntakeStore } from '#domain/ports/intake-store.js';
import { OperatorOnly } from '#platform/authenticate.guard.js';
import { useBody } from '#platform/request-body.js';
import { IngestItems, type ItemsReport } from './ingest-items.js';
import { ReceiveUpload } from './receive-upload.js';
import { RemoveProduct } from './remove-product.js';
import { Republish } from './republish.js';

const listQuery = z.object({
  state: z.enum(['receiving', 'received', 'published', 'drawn', 'unchanged', 'quarantined']).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  before: z.iso
    .datetime()
    .optional()
    .describe('Only intakes created before this instant; for the next page give the last one seen.'),
});

const republishQuery = z.object({
  since: z.iso.datetime().optional().describe('Only events since this instant; all that are kept where absent.'),
});

const uuid = z.uuid();

/** Operators' ingest: everything here needs the operator token. */
@ApiTags('ingest')
@ApiBearerAuth('operator')
@OperatorOnly()
@Controller('ingest')
export class IngestController {
  constructor(
    private readonly receive: ReceiveUpload,
    private readonly items: IngestItems,
    private readonly intakes: IntakeStore,
    private readonly remover: RemoveProduct,
    private readonly republisher: Republish,
  ) {}

  /** Intakes, newest first. */
  @Get()
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>): Promise<{ intakes: readonly Intake[] }> {
    const { state, limit, before } = query;
    const filter = {
      limit,
      ...(state === undefined ? {} : { state }),
      ...(before === undefined ? {} : { before: new Date(before) }),
    };
    return { intakes: await this.intakes.list(filter) };
  }

  /** Metadata-only STAC Items, one a line (`application/x-ndjson`). */
  @Post('items')
  @HttpCode(200)
  async bulk(@Body() body: unknown): Promise<ItemsReport> {
    return useBody(streamOf(body), (own) => this.items.execute(own));
  }

  /** Has events published again, for a bus that lost its memory or a consumer that must start over. */
  @Post('events/republish')
  @HttpCode(200)
  async republish(
    @Query({ schema: republishQuery }) query: z.infer<typeof republishQuery>,
  ): Promise<{ events: number }> {
    return { events: await this.republisher.execute(query.since === undefined ? undefined : new Date(query.since)) };
  }

  @Get('intakes/:id')
  async find(@Param('id', { schema: uuid }) id: string): Promise<Intake> {
    const intake = await this.intakes.find(id);
    if (intake === undefined) throw new NotFoundError('There is no such intake.', { subject: id });
    return intake;
  }

  @Delete('products/:collection/:id')
  @HttpCode(204)
  async remove(@Param('collection') collection: string, @Param('id') id: string): Promise<void> {
    await this.remover.execute({ collection, id });
  }

  /** One product: `curl -T S2A_….SAFE.zip <mirror>/ingest/`. A folder travels as a tar named `<folder>.tar`. 202 with the intake to follow. */
  @Put(':name')
  @HttpCode(202)
  async upload(
    @Param('name') name: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Intake> {
    const intake = await useBody(streamOf(body), (own) => this.receive.execute(name, own));
    void reply.header('Location', `/ingest/intakes/${intake.id}`);
    return intake;
  }
}

/** The body as it travels; JSON, which the server has parsed already, is written again. */
function streamOf(body: unknown): Readable {
  if (body instanceof Readable) return body;
  if (body === undefined || body === null)
    throw new InvalidError('Send the product as the body of the request.', { subject: 'body' });
  return Readable.from([Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))]);
}
