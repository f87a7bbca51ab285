import type { CswVersion } from '#protocols/csw/csw-version.js';
import type { SoapVersion } from '#protocols/ows/soap.js';

/** How a request spoke, which its errors are said in. */
export interface CswSpeech {
  readonly version: CswVersion;
  readonly soap?: SoapVersion;
}

/** An error together with how the request spoke. */
export class CswFailure extends Error {
  constructor(
    readonly speech: CswSpeech,
    override readonly cause: unknown,
  ) {
    super('A catalogue request failed.', { cause });
  }
}
