import { createServer, type Server, type Socket } from 'node:net';
import type { GuardedSession } from './guarded-session.js';
import { SessionQueue, type SessionUser } from './session-queue.js';
import {
  CANCEL_REQUEST,
  GSS_REQUEST,
  SSL_REQUEST,
  WireReader,
  writeError,
  type TransactionStatus,
  type WireMessage,
} from './wire-message.js';

/** Runs SQL of ours between the clients' turns. */
export type RunBetween = (work: () => Promise<void>) => Promise<void>;

/** A PostgreSQL server on a unix socket, over one session. */
export interface WireServer {
  readonly between: RunBetween;
  close(): Promise<void>;
}

const IDLE_IN_TRANSACTION_MS = 60_000;

/** Serves many clients from one guarded session, each transaction by itself; notifications reach every client that listens. */
export async function serveWire(
  session: GuardedSession,
  socketPath: string,
  idleLimitMs = IDLE_IN_TRANSACTION_MS,
): Promise<WireServer> {
  const queue = new SessionQueue(() => session.rollback(), idleLimitMs);
  const clients = new Set<WireClient>();
  const server = createServer((socket) => {
    const client: WireClient = new WireClient(socket, session, queue, (notification) => {
      for (const other of clients) other.notify(notification);
    });
    clients.add(client);
    socket.once('close', () => clients.delete(client));
  });
  await listen(server, socketPath);
  const ourselves: SessionUser = { evict: () => undefined };
  return {
    between: (work) =>
      queue.enter(ourselves, async () => {
        await work();
        return undefined;
      }),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const client of clients) client.end();
      await closed;
    },
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
  });
}

class WireClient implements SessionUser {
  private readonly socket: Socket;
  private readonly session: GuardedSession;
  private readonly queue: SessionQueue;
  private readonly broadcast: (notification: Buffer) => void;
  private readonly reader = new WireReader();
  private batch: WireMessage[] = [];
  private started = false;
  private listening = false;

  constructor(socket: Socket, session: GuardedSession, queue: SessionQueue, broadcast: (notification: Buffer) => void) {
    [this.socket, this.session, this.queue, this.broadcast] = [socket, session, queue, broadcast];
    socket.on('data', (chunk) => this.take(chunk));
    socket.on('error', () => socket.destroy());
    socket.once('close', () => queue.leave(this));
  }

  notify(notification: Buffer): void {
    if (this.listening) this.write(notification);
  }

  evict(): void {
    this.write(writeError('FATAL', '25P03', 'A transaction was left open while others waited; it is rolled back.'));
    this.end();
  }

  end(): void {
    this.socket.destroySoon();
  }

  private write(bytes: Buffer): void {
    if (bytes.length > 0 && this.socket.writable) this.socket.write(bytes);
  }

  private take(chunk: Buffer): void {
    this.reader.push(chunk);
    try {
      while (this.started ? this.takeMessage() : this.takeStartup());
    } catch {
      this.socket.destroy();
    }
  }

  private takeStartup(): boolean {
    const packet = this.reader.startup();
    if (packet === undefined) return false;
    if (packet.code === CANCEL_REQUEST) this.end();
    else if (packet.code === SSL_REQUEST || packet.code === GSS_REQUEST) this.write(Buffer.from('N'));
    else {
      this.started = true;
      this.submit([{ type: '', bytes: packet.bytes }]);
    }
    return true;
  }

  private takeMessage(): boolean {
    const message = this.reader.message();
    if (message === undefined) return false;
    if (message.type === 'X') {
      this.end();
      return false;
    }
    this.batch.push(message);
    if (!['Q', 'S', 'H'].includes(message.type)) return true;
    this.submit(this.batch);
    this.batch = [];
    return true;
  }

  private submit(messages: readonly WireMessage[]): void {
    this.queue.enter(this, () => this.run(messages)).catch(() => this.socket.destroy());
  }

  private async run(messages: readonly WireMessage[]): Promise<TransactionStatus | undefined> {
    const reply = await this.session.run(messages);
    if (reply.listens) this.listening = true;
    this.write(reply.bytes);
    for (const notification of reply.notifications) this.broadcast(notification);
    return reply.status;
  }
}
