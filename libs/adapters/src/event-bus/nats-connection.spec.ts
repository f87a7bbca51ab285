import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import { natsOptions } from './nats-connection.js';

describe('NATS_URL', () => {
  it.each([
    ['nats://a:4222', { servers: ['a:4222'] }],
    ['nats://a, nats://b:1', { servers: ['a', 'b:1'] }],
    ['nats://me:p%40ss@a', { servers: ['a'], user: 'me', pass: 'p@ss' }],
    ['nats://token@a', { servers: ['a'], token: 'token' }],
    ['tls://a', { servers: ['a'], tls: {} }],
    ['nats://[::1]:4222', { servers: ['[::1]:4222'] }],
  ])('%s', (url, options) => {
    expect(natsOptions(url)).toEqual(options);
  });

  it.each(['', 'a:4222', 'http://a', 'nats://', 'nats://a,'])('refuses %j', (url) => {
    expect(() => natsOptions(url)).toThrow(InvalidError);
  });
});
