import { expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOperatorToken, OPERATOR_TOKEN_FILE } from './operator-token.js';
import { platformConfig } from './platform.config.js';

it('makes one token for all that start at once, and never takes an empty file for one', async () => {
  const data = await mkdtemp(join(tmpdir(), 'frombork-token-'));
  try {
    const config = platformConfig.parse({ FROMBORK_DATA: data });
    const tokens = await Promise.all(Array.from({ length: 8 }, () => loadOperatorToken(config)));
    expect(tokens.some((token) => token.matches(''))).toBe(false);
    expect(await readdir(data)).toEqual([OPERATOR_TOKEN_FILE]);
    await writeFile(join(data, OPERATOR_TOKEN_FILE), '');
    await expect(loadOperatorToken(config)).rejects.toThrow('holds no operator token');
  } finally {
    await rm(data, { recursive: true, force: true });
  }
});
