import type { Mirror } from '../links/product-links.js';

/** What the capabilities say of this installation. */
export interface CapabilitiesContext {
  readonly mirror: Mirror;
  /** Keywords of what is held, e.g. the missions. */
  readonly keywords: readonly string[];
  /** When what is said was last changed, ISO 8601. */
  readonly updated: Date;
}

/** The mailbox every domain with mail has (RFC 5321 §4.5.1). */
export function contactAddress({ address }: Mirror): string {
  return `postmaster@${new URL(address).hostname}`;
}
