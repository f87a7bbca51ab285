import { Catch } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RasterEngine, type PictureEncoding } from '#domain/ports/raster-engine.js';
import { FaultFilter, type Refusal } from '#platform/fault.filter.js';
import type { Fault } from '#platform/fault.js';
import { ServiceLog } from '#platform/log.js';
import { parseExceptionForm, type BlankImage } from '#protocols/wms/exception-form.js';
import { writeServiceException } from '#protocols/wms/service-exception.js';
import { WmsError } from '#protocols/wms/wms-error.js';
import { negotiateDialect, type WmsDialect } from '#protocols/wms/wms-version.js';
import { PaintedPicture } from '../painted-picture.js';
import { kvpOf } from '../send-map.js';
import { drawException } from './exception-image.js';
import { WmsFailure } from './wms-failure.js';

/** Says any error as WMS does: a ServiceExceptionReport of the version asked in, or an image where EXCEPTIONS asks for one. */
@Catch()
export class WmsExceptionFilter extends FaultFilter {
  constructor(
    log: ServiceLog,
    private readonly engine: RasterEngine,
  ) {
    super(log);
  }

  protected async say({ fault, error, request, reply }: Refusal): Promise<void> {
    const kvp = error instanceof WmsFailure ? error.kvp : kvpOf(request);
    const form = parseExceptionForm(kvp);
    if (form.form === 'xml') {
      return sendReport(
        this.causeOf(error),
        { fault, dialect: negotiateDialect(kvp.get('VERSION') ?? kvp.get('WMTVER')) },
        reply,
      );
    }
    const { encoding } = form.image;
    const picture = form.form === 'inimage' ? drawException(fault.message, form.image) : blank(form.image);
    const bytes = await this.engine.encode(picture, encodingOf(form.image));
    void reply.status(200).type(encoding.name).send(Buffer.from(bytes));
  }

  protected override causeOf(error: unknown): unknown {
    return error instanceof WmsFailure ? error.cause : error;
  }
}

function blank(image: BlankImage): PaintedPicture {
  return new PaintedPicture(image, image.transparent ? undefined : image.background);
}

/** Where it would have been does not matter: nothing is shown. */
function encodingOf({ encoding, transparent, background }: BlankImage): PictureEncoding {
  const { format, depth } = encoding;
  const place = { crs: 'CRS:84', bbox: [-180, -90, 180, 90] } as const;
  return { ...place, format, transparent, background, ...(depth !== undefined && { depth }) };
}

/** Faults of the request are answered with status 200, as map clients expect (they would not read the report of another); ours keep their status. */
function sendReport(
  error: unknown,
  { fault, dialect }: { readonly fault: Fault; readonly dialect: WmsDialect },
  reply: FastifyReply,
): void {
  const known = error instanceof WmsError ? error.code : undefined;
  const code = known === 'InvalidCRS' ? dialect.invalidCrs : known;
  const report = writeServiceException(
    {
      message: fault.message,
      ...(code !== undefined && { code }),
      ...(fault.subject !== undefined && { locator: fault.subject }),
    },
    dialect.version,
  );
  void reply
    .status(fault.status < 500 ? 200 : fault.status)
    .type(`${dialect.exceptionType}; charset=utf-8`)
    .send(report);
}
