import { Controller, Get, HttpCode, Inject, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { Clock } from '#domain/ports/clock.js';
import { Budgeted } from '#platform/client-budget.js';
import { clientGone } from '#platform/client-gone.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { PublicAddress } from '#platform/public-address.js';
import { readBodyBytes } from '#platform/request-body.js';
import { sendDocument } from '#platform/send-document.js';
import { writeOaiAnswer, writeOaiError, type OaiContext } from '#protocols/oai/oai-answer.js';
import { OaiError } from '#protocols/oai/oai-error.js';
import { parseOaiRequest } from '#protocols/oai/oai-request.js';
import { AnswerOai, type OaiContent } from './answer-oai.js';
import { OaiFilter } from './oai.filter.js';
import { readResumptionToken } from './resumption-token.js';

/** A form that names the longest resumption token is shorter by far. */
const MOST_BYTES = 1 << 20;

/** `/oai`: OAI-PMH 2.0, for those who replicate the catalogue by date. */
@ApiTags('oai')
@Controller('oai')
@UseFilters(OaiFilter)
@Budgeted()
export class OaiController {
  constructor(
    private readonly answerOai: AnswerOai,
    private readonly publicAddress: PublicAddress,
    private readonly clock: Clock,
    @Inject(PLATFORM_CONFIG) private readonly config: PlatformConfig,
  ) {}

  @Get()
  async get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const mark = request.url.indexOf('?');
    await this.answer(mark < 0 ? '' : request.url.slice(mark + 1), request, reply);
  }

  /** The same arguments as a form (§3.1.1.2). */
  @Post()
  @HttpCode(200)
  async post(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(await formOf(request.body), request, reply);
  }

  private async answer(asked: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const address = this.publicAddress.of(request);
    const mirror = { address, name: this.config.FROMBORK_MIRROR };
    const context = { baseUrl: `${address}/oai`, now: this.clock.now() };
    const answered = async (): Promise<OaiContent & Partial<OaiContext>> => {
      try {
        return {
          ...(await this.answerOai.execute(parseOaiRequest(asked, readResumptionToken), mirror, clientGone(reply))),
          asked,
        };
      } catch (error) {
        if (!(error instanceof OaiError)) throw error;
        // Wrong arguments are not repeated (§3.2).
        const isWrong = error.code === 'badVerb' || error.code === 'badArgument';
        return { content: [writeOaiError(error)], ...(isWrong ? {} : { asked }) };
      }
    };
    const { content, at = context.now, ...repeated } = await answered();
    const body = writeOaiAnswer({ ...context, ...repeated, now: at }, content);
    await sendDocument({ body, mediaType: 'text/xml; charset=utf-8' }, request, reply);
  }
}

/** What the parser made of the form: an object, where repeated names are lists, or nothing yet. */
async function formOf(body: unknown): Promise<string> {
  if (typeof body === 'string') return body;
  if (body instanceof Readable) return (await readBodyBytes(body, MOST_BYTES)).toString('utf8');
  const pairs = Object.entries((body ?? {}) as Record<string, string | string[]>);
  return new URLSearchParams(
    pairs.flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
  ).toString();
}
