import type { SoapVersion } from '#protocols/ows/soap.js';
import type { WcsVersion } from '#protocols/wcs/wcs-version.js';

/** How a request spoke, which its answer and errors are said in. */
export interface WcsSpeech {
  readonly version: WcsVersion;
  readonly soap?: SoapVersion;
}

/** An error together with how the request spoke. */
export class WcsFailure extends Error {
  constructor(
    readonly speech: WcsSpeech,
    override readonly cause: unknown,
  ) {
    super('A coverage request failed.', { cause });
  }
}
