import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type ConnectionOptions, type NatsConnection, type Status } from '@nats-io/transport-node';
import { InvalidError, UnavailableError } from '#domain/errors.js';
import type { BusLog } from './bus-log.js';

const FIRST_CONNECT_MS = 60_000;
const PAUSE_MS = 2_000;

/** Connects to NATS, trying for a minute; once connected it reconnects for ever and says so. Throws UnavailableError, InvalidError for a bad URL. */
export async function connectNats(urls: string, log: BusLog): Promise<NatsConnection> {
  const { servers, ...options } = natsOptions(urls);
  for (const deadline = Date.now() + FIRST_CONNECT_MS; ;) {
    try {
      const connection = await connect({
        servers,
        ...options,
        name: 'frombork',
        maxReconnectAttempts: -1,
        ignoreAuthErrorAbort: true,
      });
      void reportStatus(connection, log);
      return connection;
    } catch (error) {
      if (Date.now() + PAUSE_MS > deadline) {
        throw new UnavailableError(`NATS does not answer at ${servers.join(', ')}.`, { cause: error });
      }
      log.warn({ err: error, servers }, 'NATS does not answer; trying again');
      await sleep(PAUSE_MS);
    }
  }
}

/** Connection options of `nats://[user:password@|token@]host[:port],...` (`tls://` to insist on TLS). Throws InvalidError. */
export function natsOptions(urls: string): Omit<ConnectionOptions, 'servers'> & { readonly servers: string[] } {
  const parsed = urls.split(',').map((url) => parseNatsUrl(url.trim()));
  const named = parsed.find(({ username }) => username !== '');
  const secure = parsed.some(({ protocol }) => protocol === 'tls:');
  return {
    servers: parsed.map(({ host }) => host),
    ...(named === undefined ? {} : credentials(named)),
    ...(secure ? { tls: {} } : {}),
  };
}

function parseNatsUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !['nats:', 'tls:'].includes(parsed.protocol) || parsed.host === '') {
    throw new InvalidError('NATS_URL must be nats://[user:password@]host[:port], several separated by commas.');
  }
  return parsed;
}

function credentials({ username, password }: URL): Pick<ConnectionOptions, 'user' | 'pass' | 'token'> {
  const user = decodeURIComponent(username);
  return password === '' ? { token: user } : { user, pass: decodeURIComponent(password) };
}

async function reportStatus(connection: NatsConnection, log: BusLog): Promise<void> {
  for await (const status of connection.status()) report(status, log);
}

function report(status: Status, log: BusLog): void {
  if (status.type === 'disconnect') log.warn({ server: status.server }, 'NATS is gone; reconnecting');
  if (status.type === 'reconnect') log.info({ server: status.server }, 'NATS is back');
  if (status.type === 'error') log.error({ err: status.error }, 'NATS reports an error');
}
