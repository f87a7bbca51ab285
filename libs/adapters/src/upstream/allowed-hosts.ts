import { InvalidError } from '#domain/errors.js';
import { Networks } from './denied-networks.js';

/** Hosts and networks an operator has opened although they are private. */
export class AllowedHosts {
  private readonly hosts: ReadonlySet<string>;
  private readonly networks: Networks;

  /** Reads `host`, `host:port`, `[v6]:port` and networks, separated by commas. Throws InvalidError naming FEDERATION_ALLOW. */
  constructor(text: string) {
    const entries = text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
    try {
      this.networks = new Networks(entries.filter((entry) => entry.includes('/')));
      this.hosts = new Set(entries.filter((entry) => !entry.includes('/')).map(hostEntry));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new InvalidError(`FEDERATION_ALLOW: ${reason}`, { subject: 'FEDERATION_ALLOW', cause: error });
    }
  }

  hasHost(url: URL): boolean {
    const host = plainHost(url);
    return this.hosts.has(host) || this.hosts.has(`${host}:${portOfUrl(url)}`);
  }

  hasAddress(address: string): boolean {
    return this.networks.has(address);
  }
}

/** The host of an address without brackets and trailing dots. */
export function plainHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
}

function portOfUrl({ port, protocol }: URL): string {
  if (port !== '') return port;
  return protocol === 'https:' ? '443' : '80';
}

function hostEntry(entry: string): string {
  const [, host = '', port] = /^(\[[0-9a-f:.]+\]|[^\s:@[\]]+)(?::(\d{1,5}))?$/i.exec(entry) ?? [];
  if (host === '' || !URL.canParse(`http://${host}`)) throw new RangeError(`${entry} is no host, host:port or network`);
  const name = plainHost(new URL(`http://${host}`));
  return port === undefined ? name : `${name}:${Number(port)}`;
}
