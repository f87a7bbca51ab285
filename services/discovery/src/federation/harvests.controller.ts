import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { NotFoundError } from '#domain/errors.js';
import { HARVEST_KINDS, HARVEST_STATES, type Harvest, type HarvestOrder } from '#domain/harvest/harvest.js';
import { HarvestStore } from '#domain/ports/harvest-store.js';
import { OperatorOnly } from '#platform/authenticate.guard.js';
import { Budgeted } from '#platform/client-budget.js';
import { StartHarvest } from './start-harvest.js';

const address = z.url({ protocol: /^https?$/ }).max(4_000);
const order = z.strictObject({
  kind: z.enum(HARVEST_KINDS),
  source: address.describe('Address of the catalogue: its CSW, OpenSearch description, STAC root or OData root.'),
  filter: z
    .record(z.string().min(1).max(100), z.string().max(4_000))
    .default({})
    .refine((filter) => Object.keys(filter).length <= 50, 'at most 50 parameters')
    .describe('What to ask for, by the names of the interface.'),
  interval: z
    .number()
    .int()
    .min(60)
    .max(31_536_000)
    .optional()
    .describe('Seconds between the end of a run and the next; absent: one run.'),
  responseHandler: address.optional().describe('Is sent a csw:HarvestResponse when a run has ended.'),
});

const listQuery = z.object({
  state: z.enum(HARVEST_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  before: z.iso.datetime().optional().describe('Only harvests ordered before this instant.'),
});

/** Operators' harvests: everything here needs the operator token. */
@ApiTags('harvests')
@ApiBearerAuth('operator')
@OperatorOnly()
@Budgeted()
@Controller('csw/harvests')
export class HarvestsController {
  constructor(
    private readonly start: StartHarvest,
    private readonly harvests: HarvestStore,
  ) {}

  /** Orders a harvest: 202 with the harvest to follow. */
  @Post()
  @HttpCode(202)
  async create(
    @Body({ schema: order }) body: z.infer<typeof order>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Harvest> {
    const { interval, responseHandler, ...rest } = body;
    const given: Omit<HarvestOrder, 'id'> = {
      ...rest,
      ...(interval === undefined ? {} : { interval }),
      ...(responseHandler === undefined ? {} : { responseHandler }),
    };
    const harvest = await this.start.inBackground(given);
    void reply.header('Location', `/csw/harvests/${harvest.id}`);
    return harvest;
  }

  /** Harvests, newest first. */
  @Get()
  async list(
    @Query({ schema: listQuery }) query: z.infer<typeof listQuery>,
  ): Promise<{ harvests: readonly Harvest[] }> {
    const { state, limit, before } = query;
    const filter = {
      limit,
      ...(state === undefined ? {} : { state }),
      ...(before === undefined ? {} : { before: new Date(before) }),
    };
    return { harvests: await this.harvests.list(filter) };
  }

  @Get(':id')
  async find(@Param('id') id: string): Promise<Harvest> {
    return present(await this.harvests.find(id), id);
  }

  /** Ends a harvest; what it has brought stays. */
  @Delete(':id')
  async cancel(@Param('id') id: string): Promise<Harvest> {
    return present(await this.harvests.cancel(id), id);
  }
}

function present(harvest: Harvest | undefined, id: string): Harvest {
  if (harvest === undefined) throw new NotFoundError('There is no such harvest.', { subject: id.slice(0, 100) });
  return harvest;
}
