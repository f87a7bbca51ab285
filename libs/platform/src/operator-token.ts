import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlatformConfig } from './platform.config.js';
import { ConfigError } from './read-config.js';

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

/** A token shorter than this is none. */
const SHORTEST = 16;

/** File in the data folder that keeps the token made at first start. */
export const OPERATOR_TOKEN_FILE = 'operator-token';

/** The configured token, else the one kept in the data folder, made at first start (mode 0600). */
export async function loadOperatorToken(config: PlatformConfig): Promise<OperatorToken> {
  if (config.FROMBORK_OPERATOR_TOKEN !== undefined) return new OperatorToken(config.FROMBORK_OPERATOR_TOKEN);
  const file = join(config.FROMBORK_DATA, OPERATOR_TOKEN_FILE);
  await mkdir(config.FROMBORK_DATA, { recursive: true });
  // Written whole beside it, then linked: a crash or a full disk never leaves an empty token, which an empty password would match.
  const made = `${file}.${randomUUID()}`;
  try {
    await writeFile(made, `${randomBytes(24).toString('base64url')}\n`, { flag: 'wx', mode: 0o600, flush: true });
    await link(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(made, { force: true });
  }
  const token = (await readFile(file, 'utf8')).trim();
  if (token.length < SHORTEST) throw new ConfigError(`${file} holds no operator token; remove it to have one made.`);
  return new OperatorToken(token);
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
