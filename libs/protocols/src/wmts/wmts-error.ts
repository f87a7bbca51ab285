import { InvalidError } from '#domain/errors.js';
import type { OwsException } from '../ows/exception-report.js';

/** Exception codes of WMTS 1.0.0 tables 20, 23 and 26, with the HTTP status the standard gives each; the last is of RESTful addresses (§10.3). */
export const WMTS_CODES = {
  MissingParameterValue: 400,
  InvalidParameterValue: 400,
  VersionNegotiationFailed: 400,
  InvalidUpdateSequence: 400,
  OperationNotSupported: 501,
  TileOutOfRange: 400,
  PointIJOutOfRange: 400,
  NotAcceptable: 406,
} as const;

/** A code of {@link WMTS_CODES}. */
export type WmtsCode = keyof typeof WMTS_CODES;

/**
 * The exceptions of a report, the one its status is of first (table 27): a pixel beside the tile is out of its range too, which is the code that OGC's suite
 * of WMTS looks for.
 */
export function wmtsExceptions(exception: OwsException): readonly OwsException[] {
  return exception.code === 'PointIJOutOfRange' ? [exception, { ...exception, code: 'TileOutOfRange' }] : [exception];
}

/** A request the WMTS refuses; the subject is the locator. */
export class WmtsError extends InvalidError {
  constructor(
    message: string,
    readonly code: WmtsCode,
    locator?: string,
  ) {
    super(message, locator === undefined ? {} : { subject: locator });
  }
}
