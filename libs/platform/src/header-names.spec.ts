import { describe, expect, it } from '@jest/globals';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeNamesInTitleCase } from './header-names.js';

describe('names of response header fields', () => {
  it('are written as standards write them, whichever way they were given', async () => {
    const server = createServer((_request, response) => {
      writeNamesInTitleCase(response);
      response.writeHead(200, 'OK', { 'content-type': 'text/plain', etag: '"1"', 'set-cookie': ['a=1', 'b=2'] });
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const names = await new Promise<readonly string[]>((done, failed) => {
      const { port } = server.address() as AddressInfo;
      const asked = request({ port, host: '127.0.0.1' }, ({ rawHeaders }) =>
        done(rawHeaders.filter((_, index) => index % 2 === 0)),
      );
      asked.once('error', failed);
      asked.end();
    });
    server.close();
    expect(names.slice(0, 4)).toEqual(['Content-Type', 'ETag', 'Set-Cookie', 'Set-Cookie']);
  });
});
