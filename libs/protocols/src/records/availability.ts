import type { OnlineState } from '#domain/product/online-state.js';

/** Whether bytes are at hand (`online`), on the way back (`staging`), or in the long-term archive (`offline`). */
export type Availability = Exclude<OnlineState, 'metadata-only'>;

/** The availability a text begins with, as `dct:medium` or the ordering instructions of ISO 19115 say it; undefined for any other text. */
export function parseAvailability(text: string | undefined): Availability | undefined {
  return /^(online|staging|offline)(?=:|$)/.exec(text?.trim() ?? '')?.[1] as Availability | undefined;
}

/** What ordering instructions (ISO 19115 §B.2.10.4) say of each, read by `parseAvailability`. */
export const ORDERING_INSTRUCTIONS: Readonly<Record<Availability, string>> = {
  online: 'online: can be downloaded at once',
  staging: 'staging: on the way back from the long-term archive',
  offline: 'offline: in the long-term archive',
};

/** What tells offline media (ISO 19115 §B.2.10.6) of products that are on none but the archive's. */
export const ARCHIVE_NOTE = 'Long-term archive';
