import { InvalidError } from '#domain/errors.js';

/** Exception codes of WMTS 1.0.0 tables 20, 24 and 28, with the HTTP status the standard gives each; the last is of RESTful addresses (§10.3). */
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
