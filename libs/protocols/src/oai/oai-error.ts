import { InvalidError } from '#domain/errors.js';

/** The conditions OAI-PMH 2.0 §3.6 knows. */
export type OaiErrorCode =
  | 'badArgument'
  | 'badResumptionToken'
  | 'badVerb'
  | 'cannotDisseminateFormat'
  | 'idDoesNotExist'
  | 'noRecordsMatch'
  | 'noMetadataFormats'
  | 'noSetHierarchy';

/** A condition of the protocol, said in its own form with status 200. */
export class OaiError extends InvalidError {
  constructor(
    readonly code: OaiErrorCode,
    message: string,
  ) {
    super(message);
  }
}
