import { describe, expect, it } from '@jest/globals';
import { clientOf } from './client-of.js';

const groupOf = (ip: string, forwarded: string | undefined, proxies: number) =>
  clientOf({ ip, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }, proxies).group;
const nameOf = (authorization?: string) =>
  clientOf({ ip: '::1', headers: authorization === undefined ? {} : { authorization } }, 0).name;
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('clientOf', () => {
  it.each([
    ['192.0.2.1', undefined, 0, '192.0.2.1'],
    ['192.0.2.1', '198.51.100.7', 0, '192.0.2.1'],
    ['10.0.0.1', '198.51.100.7', 1, '198.51.100.7'],
    ['10.0.0.1', 'made up, 198.51.100.7', 1, '198.51.100.7'],
    ['10.0.0.1', 'made up, 198.51.100.7, 10.0.0.2', 2, '198.51.100.7'],
    ['10.0.0.1', '198.51.100.7', 2, '10.0.0.1'],
    ['10.0.0.1', undefined, 1, '10.0.0.1'],
    ['::ffff:192.0.2.1', undefined, 0, '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', undefined, 0, '2001:db8:1:2'],
    ['2001:db8:1:2::9', undefined, 0, '2001:db8:1:2'],
    ['2001:db8::9', undefined, 0, '2001:db8:0:0'],
    ['::1', undefined, 0, ':0:0:0'],
  ])('%s forwarded for %s behind %i proxies is %s', (ip, forwarded, proxies, expected) => {
    expect(groupOf(ip, forwarded, proxies)).toBe(expected);
  });

  it('tells users of one address apart, whatever their password', () => {
    expect(nameOf()).toBe('');
    expect(nameOf('Basic')).toBe('');
    expect(nameOf(basic('anna:x'))).toBe(nameOf(basic('anna:y')));
    expect(nameOf(basic('anna:x'))).not.toBe(nameOf(basic('jan:x')));
    expect(nameOf('Bearer one')).not.toBe(nameOf('Bearer two'));
  });
});
