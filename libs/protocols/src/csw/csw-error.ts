import { InvalidError } from '#domain/errors.js';

/** Exception codes of OWS Common (OGC 05-008 table 20, 06-121r9 table 28) and of CSW 3.0. */
export type CswExceptionCode =
  | 'OperationNotSupported'
  | 'MissingParameterValue'
  | 'InvalidParameterValue'
  | 'VersionNegotiationFailed'
  | 'OptionNotSupported'
  | 'TransactionFailed'
  | 'NoApplicableCode'
  | 'NotFound';

/** A request the catalogue service refuses, with the standard's code and the parameter as locator. */
export class CswError extends InvalidError {
  constructor(
    message: string,
    readonly code: CswExceptionCode,
    locator?: string,
  ) {
    super(message, locator === undefined ? {} : { subject: locator });
  }
}

/** A parameter with a value that is not known. */
export function invalidValue(locator: string, message: string): CswError {
  return new CswError(message, 'InvalidParameterValue', locator);
}

/** A parameter that has to be there. */
export function missingValue(locator: string): CswError {
  return new CswError(`The parameter ${locator} is missing.`, 'MissingParameterValue', locator);
}
