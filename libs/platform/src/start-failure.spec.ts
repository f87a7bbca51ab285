import { describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import { UnavailableError } from '#domain/errors.js';
import { startFailure } from './start-failure.js';

describe('startFailure', () => {
  it('says which address is taken', async () => {
    const first = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => first.once('listening', done));
    const { port } = first.address() as AddressInfo;
    const error = await new Promise((done) => createServer().once('error', done).listen(port, '127.0.0.1'));
    first.close();
    expect(startFailure(error)).toBe(`127.0.0.1:${port} is taken by another program: stop it, or give another PORT.`);
  });

  it('says what is known in a sentence, and shows the stack of what is not', () => {
    expect(startFailure(new UnavailableError('The database is in use.'))).toBe('The database is in use.');
    expect(startFailure(new TypeError('odd'))).toMatch(/^TypeError: odd\n +at /);
    expect(startFailure('odd')).toBe('odd');
  });
});
