import { InvalidError } from '#domain/errors.js';

/** Exception codes of WCS 2.0 (OGC 09-110r4 §8), its extensions and application profile, WCS 1.1 and 1.0. */
export type WcsExceptionCode =
  | 'OperationNotSupported'
  | 'MissingParameterValue'
  | 'InvalidParameterValue'
  | 'VersionNegotiationFailed'
  | 'NoApplicableCode'
  | 'InvalidUpdateSequence'
  | 'CurrentUpdateSequence'
  | 'NoSuchCoverage'
  | 'NoSuchDatasetSeriesOrCoverage'
  | 'emptyCoverageIdList'
  | 'emptyEoIdList'
  | 'InvalidAxisLabel'
  | 'InvalidSubsetting'
  | 'NoSuchField'
  | 'IllegalFieldSequence'
  | 'InvalidScaleFactor'
  | 'InvalidExtent'
  | 'ScaleAxisUndefined'
  | 'SubsettingCrs-NotSupported'
  | 'OutputCrs-NotSupported'
  | 'InterpolationMethodNotSupported';

/** A request the coverage service refuses, with the standard's code and the parameter as locator. */
export class WcsError extends InvalidError {
  constructor(
    message: string,
    readonly code: WcsExceptionCode,
    locator?: string,
  ) {
    super(message, locator === undefined ? {} : { subject: locator });
  }
}

/** A parameter with a value that is not known. */
export function invalidParameter(locator: string, message: string): WcsError {
  return new WcsError(message, 'InvalidParameterValue', locator);
}

/** A parameter that has to be there. */
export function missingParameter(locator: string): WcsError {
  return new WcsError(`The parameter ${locator} is missing.`, 'MissingParameterValue', locator);
}

/** Coverages there are none of; the locator is their identifiers. */
export function noSuchCoverage(ids: readonly string[]): WcsError {
  const list = ids.join(' ').slice(0, 300);
  return new WcsError(`There is no coverage ${list}.`, 'NoSuchCoverage', list);
}
