import { Controller, Get, HttpCode, Inject, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Budgeted } from '#platform/client-budget.js';
import { requireOperator } from '#platform/authenticate.guard.js';
import { clientGone } from '#platform/client-gone.js';
import { OperatorToken } from '#platform/operator-token.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument } from '#platform/send-document.js';
import { withDeclaration } from '#protocols/csw/records-response.js';
import { soapEnvelope, SOAP_MEDIA_TYPES } from '#protocols/ows/soap.js';
import { AnswerCsw, type CswAnswer, type CswAsked } from './answer-csw.js';
import { CswFailure, type CswSpeech } from './csw-failure.js';
import { CswFilter } from './csw.filter.js';
import { PublishRecords } from './publish-records.js';
import { spellHeaderNames } from './spell-header-names.js';
import { queryOf, readBody, readQuery, type ReadCswRequest } from './read-csw-request.js';

/** `/csw`: CSW 2.0.2 (OGC 07-006r1) and 3.0 (OGC 12-176r7) by key-value pairs, XML and SOAP. */
@ApiTags('csw')
@Controller('csw')
@UseFilters(CswFilter)
@Budgeted()
export class CswController {
  constructor(
    private readonly answerCsw: AnswerCsw,
    private readonly publishRecords: PublishRecords,
    private readonly publicAddress: PublicAddress,
    private readonly operatorToken: OperatorToken,
    @Inject(PLATFORM_CONFIG) private readonly config: PlatformConfig,
  ) {}

  @Get()
  async get(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.respond(readQuery(queryOf(http), http.headers.accept), http, reply);
  }

  /** The OpenSearch description (OGC 12-176r7 §6.5). */
  @Get('opensearch.xml')
  async description(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const request = { kind: 'OpenSearchDescription', version: '3.0.0' } as const;
    await this.respond({ request, speech: { version: '3.0.0' } }, http, reply);
  }

  @Post()
  @HttpCode(200)
  async post(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.respond(await readBody(http), http, reply);
  }

  private async respond(read: ReadCswRequest, http: FastifyRequest, reply: FastifyReply): Promise<void> {
    spellHeaderNames(reply);
    try {
      const answer = await this.answer(read, http, reply);
      await sendDocument(wrapped(answer, read.speech), http, reply);
    } catch (cause) {
      throw new CswFailure(read.speech, cause);
    }
  }

  private answer({ request }: ReadCswRequest, http: FastifyRequest, reply: FastifyReply): Promise<CswAnswer> {
    const address = this.publicAddress.of(http);
    const mirror = { address, name: this.config.FROMBORK_MIRROR };
    const asked: CswAsked = { mirror, self: `${address}${http.url}`, signal: clientGone(reply) };
    if (request.kind !== 'Transaction' && request.kind !== 'Harvest') return this.answerCsw.execute(request, asked);
    requireOperator(http, this.operatorToken);
    return this.publishRecords.execute(request, asked);
  }
}

function wrapped({ body, mediaType }: CswAnswer, { soap }: CswSpeech): CswAnswer {
  if (soap === undefined) return { body: withDeclaration(body), mediaType: `${mediaType}; charset=utf-8` };
  const [before, after] = soapEnvelope(soap);
  return { body: withDeclaration(before + body + after), mediaType: `${SOAP_MEDIA_TYPES[soap]}; charset=utf-8` };
}
