import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { DeniedError, UnavailableError } from '#domain/errors.js';
import { plainHost, type AllowedHosts } from './allowed-hosts.js';
import { isDeniedAddress } from './denied-networks.js';

/** An address of a host. */
export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

/** Finds the addresses of a name. */
export type ResolveHost = (host: string) => Promise<readonly HostAddress[]>;

/** As the machine does it: hosts file, then DNS. */
export const resolveBySystem: ResolveHost = (host) => lookup(host, { all: true });

/**
 * The addresses a URL's host has now, every one of them checked: one in a denied network closes the host.
 * Throws DeniedError, and UnavailableError where the name has none.
 */
export async function resolveChecked(
  url: URL,
  allowed: AllowedHosts,
  resolve: ResolveHost,
): Promise<readonly HostAddress[]> {
  const host = plainHost(url);
  const family = isIP(host);
  const addresses = family === 0 ? await resolveName(host, resolve) : [{ address: host, family }];
  const isOpen = ({ address }: HostAddress): boolean => !isDeniedAddress(address) || allowed.hasAddress(address);
  if (allowed.hasHost(url) || addresses.every(isOpen)) return addresses;
  throw new DeniedError(
    `The host ${host} may not be asked: it is in a private or special network. An operator can open it by FEDERATION_ALLOW.`,
    { subject: 'url' },
  );
}

async function resolveName(host: string, resolve: ResolveHost): Promise<readonly HostAddress[]> {
  const addresses = await resolve(host).catch((error: unknown) => {
    throw new UnavailableError(`The host ${host} has no address.`, { subject: 'url', cause: error });
  });
  if (addresses.length === 0) throw new UnavailableError(`The host ${host} has no address.`, { subject: 'url' });
  return addresses;
}
