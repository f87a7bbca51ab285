import { BROWSEABLE } from './browse.js';
import type { StacFeature } from './stac-feature.js';
import { TRANSACTIONS } from './transactions-feature.js';

/** The extensions beside item search that the service has routes for. */
export const STAC_FEATURES: readonly StacFeature[] = [BROWSEABLE, TRANSACTIONS];
