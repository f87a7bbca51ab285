import { InvalidError } from '#domain/errors.js';

/** Exception codes of WFS (OGC 09-025r2 table 3) and OWS Common (06-121r3 table 25). */
export type WfsExceptionCode =
  | 'OperationNotSupported'
  | 'OptionNotSupported'
  | 'OperationParsingFailed'
  | 'OperationProcessingFailed'
  | 'MissingParameterValue'
  | 'InvalidParameterValue'
  | 'VersionNegotiationFailed'
  | 'InvalidUpdateSequence'
  | 'NotFound'
  | 'NoApplicableCode';

/** A request the feature service refuses, with the standard's code and the parameter as locator. */
export class WfsError extends InvalidError {
  constructor(
    message: string,
    readonly code: WfsExceptionCode,
    locator?: string,
  ) {
    super(message, locator === undefined ? {} : { subject: locator });
  }
}

/** A parameter with a value that is not known. */
export function invalidParameter(locator: string, message: string): WfsError {
  return new WfsError(message, 'InvalidParameterValue', locator);
}

/** A parameter that has to be there. */
export function missingParameter(locator: string): WfsError {
  return new WfsError(`The parameter ${locator} is missing.`, 'MissingParameterValue', locator);
}
