import { Catch } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import { FaultFilter, type Refusal } from '#platform/fault.filter.js';
import type { Fault } from '#platform/fault.js';
import { ServiceLog } from '#platform/log.js';
import { parseKvp } from '#protocols/ows/kvp.js';
import { parseExceptionForm, type BlankImage } from '#protocols/wms/exception-form.js';
import { writeServiceException } from '#protocols/wms/service-exception.js';
import { WmsError } from '#protocols/wms/wms-error.js';
import { drawException } from './exception-image.js';

/** Says any error as WMS does: a ServiceExceptionReport, or an image where EXCEPTIONS asks for one. */
@Catch()
export class WmsExceptionFilter extends FaultFilter {
  constructor(
    log: ServiceLog,
    private readonly engine: RasterEngine,
  ) {
    super(log);
  }

  protected async say({ fault, error, request, reply }: Refusal): Promise<void> {
    const form = parseExceptionForm(parseKvp(request.url.slice(request.url.indexOf('?') + 1)));
    if (form.form === 'xml') return sendReport(error, fault, reply);
    if (form.form === 'inimage') {
      void reply.status(200).type('image/png').send(drawException(fault.message, form.image));
      return;
    }
    const blank = await this.drawNothing(form.image);
    void reply.status(200).type(blank.format).send(Buffer.from(blank.bytes));
  }

  private drawNothing(image: BlankImage): ReturnType<RasterEngine['render']> {
    return this.engine.render({ ...image, sources: [], crs: 'CRS:84', bbox: [-180, -90, 180, 90] });
  }
}

/** Faults of the request are answered with status 200, as map clients expect (they would not read the report of another); ours keep their status. */
function sendReport(error: unknown, fault: Fault, reply: FastifyReply): void {
  const code = error instanceof WmsError ? error.code : undefined;
  const report = writeServiceException({
    message: fault.message,
    ...(code !== undefined && { code }),
    ...(fault.subject !== undefined && { locator: fault.subject }),
  });
  void reply
    .status(fault.status < 500 ? 200 : fault.status)
    .type('text/xml; charset=utf-8')
    .send(report);
}
