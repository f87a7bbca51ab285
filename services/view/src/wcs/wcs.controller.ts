import { Controller, Get, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { Budgeted } from '#platform/client-budget.js';
import { clientGone } from '#platform/client-gone.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument } from '#platform/send-document.js';
import { soapEnvelope, SOAP_MEDIA_TYPES } from '#protocols/ows/soap.js';
import { familyOf } from '#protocols/wcs/wcs-version.js';
import { writeElement, XML_DECLARATION } from '#protocols/xml/write-xml.js';
import { AnswerWcs } from './answer-wcs.js';
import { GetCoverage, type MadeCoverage } from './get-coverage.js';
import { readWcsBody, readWcsQuery, type ReadWcsRequest } from './read-wcs-request.js';
import { WcsFailure, type WcsSpeech } from './wcs-failure.js';
import { WcsFilter } from './wcs.filter.js';

const BOUNDARY = 'frombork-coverage-part';

/** `/wcs`: WCS 2.0.1 with the Earth observation profile, 1.1.2, 1.1.1, 1.1.0 and 1.0.0 by key-value pairs, XML and SOAP. */
@ApiTags('wcs')
@Controller('wcs')
@UseFilters(WcsFilter)
@Budgeted()
export class WcsController {
  constructor(
    private readonly documents: AnswerWcs,
    private readonly coverages: GetCoverage,
    private readonly publicAddress: PublicAddress,
  ) {}

  @Get()
  async get(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.respond(readWcsQuery(http.url), http, reply);
  }

  @Post()
  @HttpCode(200)
  async post(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.respond(await readWcsBody(http), http, reply);
  }

  private async respond({ request, speech }: ReadWcsRequest, http: FastifyRequest, reply: FastifyReply): Promise<void> {
    const address = this.publicAddress.of(http);
    const signal = clientGone(reply);
    try {
      if (request.kind === 'GetCoverage') {
        const multipart = request.multipart || speech.soap !== undefined;
        const made = await this.coverages.execute({ ...request, multipart }, address, signal);
        await sendCoverage(made, speech, reply);
      } else {
        const [before, after] = speech.soap === undefined ? ['', ''] : soapEnvelope(speech.soap);
        const markup = writeElement(await this.documents.execute(request, address, signal));
        const type = speech.soap === undefined ? 'text/xml' : SOAP_MEDIA_TYPES[speech.soap];
        const body = XML_DECLARATION + before + markup + after;
        await sendDocument({ body, mediaType: `${type}; charset=utf-8` }, http, reply);
      }
    } catch (cause) {
      throw new WcsFailure(speech, cause);
    }
  }
}

async function sendCoverage(made: MadeCoverage, speech: WcsSpeech, reply: FastifyReply): Promise<void> {
  const { id, file, description } = made;
  void reply.header('Cache-Control', 'no-cache');
  if (description === undefined) {
    await reply
      .header('Content-Type', 'image/tiff')
      .header('Content-Length', file.size)
      .header('Content-Disposition', `inline; filename="${id}.tif"`)
      .send(Readable.from(file.bytes(), { objectMode: false }));
    return;
  }
  const [head, tail] = framing(id, description, speech);
  const type = familyOf(speech.version) === '2.0' ? 'multipart/related' : 'multipart/mixed';
  await reply
    .header('Content-Type', `${type}; boundary=${BOUNDARY}`)
    .header('Content-Length', head.length + file.size + tail.length)
    .send(Readable.from(framed(head, file, tail), { objectMode: false }));
}

/** The bytes around the file (RFC 2387). */
function framing(id: string, description: string, { soap }: WcsSpeech): readonly [Buffer, Buffer] {
  const [before, after] = soap === undefined ? ['', ''] : soapEnvelope(soap);
  const type = soap === undefined ? 'text/xml' : SOAP_MEDIA_TYPES[soap];
  const head = [
    `--${BOUNDARY}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-ID: <${id}>\r\n\r\n`,
    `${XML_DECLARATION}${before}${description}${after}\r\n`,
    `--${BOUNDARY}\r\nContent-Type: image/tiff\r\nContent-Transfer-Encoding: binary\r\n`,
    `Content-ID: <${id}.tif>\r\nContent-Disposition: attachment; filename="${id}.tif"\r\n\r\n`,
  ].join('');
  return [Buffer.from(head), Buffer.from(`\r\n--${BOUNDARY}--\r\n`)];
}

async function* framed(head: Buffer, file: MadeCoverage['file'], tail: Buffer): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    yield* file.bytes();
    yield tail;
  } finally {
    await file.discard();
  }
}
