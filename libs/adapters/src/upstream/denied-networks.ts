import { BlockList, isIP, isIPv4 } from 'node:net';

/** Networks nobody may send the mirror to: private, of this host or link, shared, special, or another address in disguise (IANA special-purpose registries). */
export const DENIED_NETWORKS: readonly (readonly [network: string, what: string])[] = [
  ['0.0.0.0/8', 'this host'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'shared by carriers'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local, metadata services'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'protocol assignments'],
  ['192.0.2.0/24', 'documentation'],
  ['192.88.99.0/24', '6to4 relays'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'benchmarks'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
  ['255.255.255.255/32', 'broadcast'],
  ['::/96', 'this host, loopback, IPv4 in IPv6'],
  ['::ffff:0:0/96', 'IPv4 in IPv6'],
  ['::ffff:0:0:0/96', 'IPv4 translated'],
  ['64:ff9b::/96', 'NAT64'],
  ['64:ff9b:1::/48', 'NAT64 of this network'],
  ['100::/64', 'discard'],
  ['2001::/23', 'protocol assignments, Teredo'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', '6to4'],
  ['3fff::/20', 'documentation'],
  ['5f00::/16', 'segment routing'],
  ['fc00::/7', 'private'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'site-local'],
  ['ff00::/8', 'multicast'],
];

/** Networks an address can be looked up in; the families are kept apart, since a rule about mapped addresses would cover all of IPv4. */
export class Networks {
  private readonly v4 = new BlockList();
  private readonly v6 = new BlockList();

  /** Networks as `address/prefix`. Throws RangeError where one is not. */
  constructor(networks: readonly string[]) {
    for (const network of networks) this.add(network);
  }

  /** What is no address is in no network. */
  has(address: string): boolean {
    const [plain = ''] = address.split('%');
    if (isIP(plain) === 0) return false;
    return isIPv4(plain) ? this.v4.check(plain, 'ipv4') : this.v6.check(plain, 'ipv6');
  }

  private add(network: string): void {
    const [, address = '', prefix] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(network) ?? [];
    const family = isIP(address);
    if (family === 0 || Number(prefix) > (family === 4 ? 32 : 128))
      throw new RangeError(`${network} is no network such as 10.1.0.0/16`);
    if (family === 4) this.v4.addSubnet(address, Number(prefix), 'ipv4');
    else this.v6.addSubnet(address, Number(prefix), 'ipv6');
  }
}

const DENIED = new Networks(DENIED_NETWORKS.map(([network]) => network));

/** Whether an address lies in a denied network; what is no address is denied too. */
export function isDeniedAddress(address: string): boolean {
  return isIP(address) === 0 || DENIED.has(address);
}
