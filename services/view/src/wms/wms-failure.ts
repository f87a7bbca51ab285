import type { Kvp } from '#protocols/ows/kvp.js';

/** What went wrong with a request that was not in the address, and its parameters: they say in which version and form to tell. */
export class WmsFailure extends Error {
  constructor(
    readonly kvp: Kvp,
    override readonly cause: unknown,
  ) {
    super('WMS request failed', { cause });
  }
}
