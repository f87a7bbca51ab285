import type { WfsVersion } from '#protocols/wfs/wfs-version.js';

/** An error together with the version it is said in. */
export class WfsFailure extends Error {
  constructor(
    readonly version: WfsVersion,
    override readonly cause: unknown,
  ) {
    super('A feature request failed.', { cause });
  }
}
