import { InvalidError } from '#domain/errors.js';

/** Exception codes of WMS 1.3.0 Table E.1 and 1.1.1 Table A.1; a fault that fits none goes without a code. */
export type WmsExceptionCode =
  | 'InvalidFormat'
  | 'InvalidCRS'
  | 'InvalidSRS'
  | 'LayerNotDefined'
  | 'StyleNotDefined'
  | 'LayerNotQueryable'
  | 'InvalidPoint'
  | 'CurrentUpdateSequence'
  | 'InvalidUpdateSequence'
  | 'MissingDimensionValue'
  | 'InvalidDimensionValue'
  | 'OperationNotSupported';

/** A request the WMS refuses, with the standard's code where it has one and the parameter as subject. */
export class WmsError extends InvalidError {
  constructor(
    message: string,
    readonly code?: WmsExceptionCode,
    subject?: string,
  ) {
    super(message, subject === undefined ? {} : { subject });
  }
}
