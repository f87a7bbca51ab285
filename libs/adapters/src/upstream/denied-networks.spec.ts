import { describe, expect, it } from '@jest/globals';
import { isDeniedAddress, Networks } from './denied-networks.js';

describe('the table of denied networks', () => {
  it.each([
    ['0/8', '0.0.0.0', '0.255.255.255'],
    ['10/8', '10.0.0.0', '10.255.255.255'],
    ['100.64/10', '100.64.0.0', '100.127.255.255'],
    ['127/8', '127.0.0.1', '127.255.255.255'],
    ['169.254/16', '169.254.0.0', '169.254.169.254'],
    ['172.16/12', '172.16.0.0', '172.31.255.255'],
    ['192.0.0.0/24', '192.0.0.0', '192.0.0.255'],
    ['192.168/16', '192.168.0.0', '192.168.255.255'],
    ['198.18/15', '198.18.0.0', '198.19.255.255'],
    ['224/4', '224.0.0.0', '239.255.255.255'],
    ['240/4', '240.0.0.0', '255.255.255.255'],
    ['::1 and ::', '::1', '::'],
    ['fc00::/7', 'fc00::', 'fdff:ffff::1'],
    ['fe80::/10', 'fe80::1%eth0', 'febf:ffff::'],
    ['ff00::/8', 'ff00::', 'ff02::1'],
    ['::ffff:0:0/96', '::ffff:127.0.0.1', '::ffff:5db8:d822'],
    ['64:ff9b::/96', '64:ff9b::', '64:ff9b::7f00:1'],
    ['2002::/16', '2002::', '2002:7f00:1::'],
    ['2001::/32', '2001::', '2001:0:ffff::'],
  ])('denies %s from %s to %s', (_, ...addresses) => {
    expect(addresses.map(isDeniedAddress)).toEqual([true, true]);
  });

  it.each(['1.0.0.0', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.0'])(
    'leaves %s open, beside a denied network',
    (address) => expect(isDeniedAddress(address)).toBe(false),
  );
  it.each(['172.15.255.255', '172.32.0.0', '192.0.1.0', '198.17.255.255', '198.20.0.0', '223.255.255.255'])(
    'leaves %s open, beside a denied network',
    (address) => expect(isDeniedAddress(address)).toBe(false),
  );
  it.each(['2606:2800:220:1::1', '2a00:1450::1', '2001:4860::8888'])('leaves %s open', (address) =>
    expect(isDeniedAddress(address)).toBe(false),
  );
  it.each(['', 'localhost', '127.1', '0x7f.1', '1.2.3.4.5'])('denies %p, which is no address', (text) =>
    expect(isDeniedAddress(text)).toBe(true),
  );
});

describe('Networks', () => {
  it.each(['10.0.0.0', '10.0.0.0/33', '::/129', 'x/8', '10.0.0/8', '/8', ''])('refuses %p', (text) =>
    expect(() => new Networks([text])).toThrow('is no network'),
  );
});
