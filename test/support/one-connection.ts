import { Agent, request, type OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

/** What came back. */
export interface PlainAnswer {
  readonly status: number | undefined;
  readonly body: string;
}

/** A client that asks everything on one connection, and sends its body to the end whatever is answered meanwhile. */
export interface OneConnection {
  send(path: string, method?: string, headers?: OutgoingHttpHeaders, body?: Buffer): Promise<PlainAnswer>;
  close(): void;
}

/** Opens one to a service. A request that is not answered in 30 s fails. */
export function openOneConnection(url: string): OneConnection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send: (path, method = 'GET', headers = {}, body) =>
      new Promise((resolve, reject) => {
        const asking = request(`${url}${path}`, { method, headers, agent, timeout: 30_000 }, (answer) => {
          text(answer).then((said) => resolve({ status: answer.statusCode, body: said }), reject);
        });
        asking.on('error', reject).on('timeout', () => asking.destroy(new Error(`${path} did not answer.`)));
        asking.end(body);
      }),
    close: () => agent.destroy(),
  };
}
