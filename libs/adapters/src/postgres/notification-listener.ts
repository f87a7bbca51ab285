import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { databaseError } from './database-error.js';

const RECONNECT_MS = 2_000;

/** Hears NOTIFY on a connection of its own, kept up until it is closed. */
export class NotificationListener {
  private readonly options: pg.ClientConfig;
  private readonly wakers = new Map<string, Set<() => void>>();
  private readonly closing = new AbortController();
  private connected: Promise<pg.Client> | undefined;

  constructor(options: pg.ClientConfig) {
    this.options = options;
  }

  /** Calls `wake` at every notification on the channel, and after a lost connection, since some may have been missed. Returns what stops it. */
  async listen(channel: string, wake: () => void): Promise<() => Promise<void>> {
    const wakers = this.wakers.get(channel) ?? new Set();
    this.wakers.set(channel, wakers.add(wake));
    const client = await (this.connected ??= this.connect());
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    return () => {
      wakers.delete(wake);
      return Promise.resolve();
    };
  }

  /** Ends the connection. */
  async close(): Promise<void> {
    this.closing.abort();
    const client = await this.connected?.catch(() => undefined);
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client(this.options);
    client.on('error', () => undefined);
    try {
      await client.connect();
      for (const channel of this.wakers.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      this.connected = undefined;
      await client.end().catch(() => undefined);
      throw databaseError(error);
    }
    client.on('notification', ({ channel }) => this.wakers.get(channel)?.forEach((wake) => wake()));
    client.once('end', () => void this.reconnect());
    return client;
  }

  private async reconnect(): Promise<void> {
    for (;;) {
      if (this.closing.signal.aborted) return;
      await sleep(RECONNECT_MS, undefined, { signal: this.closing.signal, ref: false }).catch(() => undefined);
      if (this.closing.signal.aborted) return;
      try {
        await (this.connected = this.connect());
        for (const wakers of this.wakers.values()) wakers.forEach((wake) => wake());
        return;
      } catch {
        // The server is still away; polling notices, and we try again.
      }
    }
  }
}
