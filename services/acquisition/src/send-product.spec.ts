import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MirrorClient } from './mirror-client.js';
import { ingestAll } from './send-product.js';

describe('ingestAll, of what cannot be sent', () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((_, answer) => answer.writeHead(404).end());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
  });

  const told = async (...sources: readonly string[]): Promise<string> => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      expect(await ingestAll(new MirrorClient(url, 'token'), sources, { wait: true, parallel: 2 })).toBe(false);
      return write.mock.calls.map(([line]) => String(line)).join('');
    } finally {
      write.mockRestore();
    }
  };

  it.each(['/nowhere/S2.zip', '/nowhere/S2.SAFE', '/nowhere/items.ndjson', '/nowhere/item.json'])(
    'says that %s is not there, and goes on',
    async (path) => {
      const lines = await told(path, '/nowhere/other.zip');
      expect(lines).toContain(`${path}: FAILED: there is no such file or folder`);
      expect(lines).toContain('/nowhere/other.zip: FAILED');
    },
  );

  it('says what in a folder cannot be sent, and does not blame the mirror', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'send-'));
    symlinkSync('/etc/hostname', join(folder, 'link'));
    const lines = await told(folder);
    rmSync(folder, { recursive: true });
    expect(lines).toMatch(/FAILED: send-\w+\/link is a link or a special file/);
  });

  it('says what a server answered, and that one does not answer', async () => {
    expect(await told(`${url}/S2.zip`)).toContain(`${url}/S2.zip: FAILED: the server answered 404`);
    expect(await told('http://127.0.0.1:9/S2.zip')).toMatch(/FAILED: the server does not answer \(.+\)/);
  });
});
