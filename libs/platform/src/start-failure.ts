import { DomainError } from '#domain/errors.js';
import { ConfigError } from './read-config.js';

/** Why a service did not start, for its operator: a sentence where the cause is known, else the stack. */
export function startFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof DomainError) return error.message;
  const { code, address, port } = (error ?? {}) as { code?: string; address?: string; port?: number };
  if (code === 'EADDRINUSE') return `${address}:${port} is taken by another program: stop it, or give another PORT.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
