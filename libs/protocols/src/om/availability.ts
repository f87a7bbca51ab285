import type { OnlineState } from '#domain/product/online-state.js';

/** `eop:statusSubType` (OGC 10-157r4 §7.2.5): whether the archive has the data at hand. None where this mirror holds no data. */
export const AVAILABILITY: Readonly<Record<OnlineState, 'ON-LINE' | 'OFF-LINE' | undefined>> = {
  online: 'ON-LINE',
  staging: 'OFF-LINE',
  offline: 'OFF-LINE',
  'metadata-only': undefined,
};
