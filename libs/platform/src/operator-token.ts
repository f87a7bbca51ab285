import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlatformConfig } from './platform.config.js';

/** The token operators show; knows only how to compare itself in constant time. */
export class OperatorToken {
  private readonly digest: Buffer;

  constructor(token: string) {
    this.digest = sha256(token);
  }

  matches(given: string): boolean {
    return timingSafeEqual(this.digest, sha256(given));
  }
}

/** File in the data folder that keeps the token made at first start. */
export const OPERATOR_TOKEN_FILE = 'operator-token';

/** The configured token, else the one kept in the data folder, made at first start (mode 0600). */
export async function loadOperatorToken(config: PlatformConfig): Promise<OperatorToken> {
  if (config.FROMBORK_OPERATOR_TOKEN !== undefined) return new OperatorToken(config.FROMBORK_OPERATOR_TOKEN);
  const file = join(config.FROMBORK_DATA, OPERATOR_TOKEN_FILE);
  await mkdir(config.FROMBORK_DATA, { recursive: true });
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(`${randomBytes(24).toString('base64url')}\n`);
    await handle.sync();
    await handle.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return new OperatorToken((await readFile(file, 'utf8')).trim());
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
