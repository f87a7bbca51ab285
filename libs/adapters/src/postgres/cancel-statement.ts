import { connect, type Socket } from 'node:net';
import type { QueryRunner } from 'typeorm';

/** What `pg` knows of a connection: where it goes, and the key its server gave to cancel by. */
interface PostgresClient {
  readonly host: string;
  readonly port: number;
  readonly processID: number;
  readonly secretKey: number;
}

const CANCEL_REQUEST = 80_877_102;
const GIVE_UP_MS = 5_000;

/**
 * Asks the server to stop what a connection is at (PostgreSQL: Canceling Requests in Progress). On a socket of its own, so that it also works
 * while the pool and the server have no connection left; resolves once the server has taken it.
 */
export async function cancelStatement(runner: QueryRunner): Promise<void> {
  const { host, port, processID, secretKey } = (await runner.connect()) as PostgresClient;
  const request = Buffer.alloc(16);
  [16, CANCEL_REQUEST, processID, secretKey].forEach((word, index) => request.writeInt32BE(word, index * 4));
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  socket.setTimeout(GIVE_UP_MS, () => socket.destroy());
  socket.end(request);
  await closed(socket);
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => resolve());
    // The server says nothing and hangs up.
    socket.resume();
  });
}
