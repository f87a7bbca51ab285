import { createServer, request, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBackends } from './backends.js';
import { freePort } from './daemon.js';
import { startServiceProcess } from './service-process.js';

/** A whole mirror under one address. */
export interface Mirror {
  readonly url: string;
  readonly token: string;
  /** Data folder of whoever takes products in. */
  readonly data: string;
  stop(): Promise<void>;
}

const TOKEN = 'a-token-for-the-journey';

/** Which service answers a first path segment, as the edge of a real installation has it. */
const SERVICES: Readonly<Record<string, string>> = {
  stac: 'stac',
  ...Object.fromEntries(['csw', 'opensearch', 'resto', 'oai', 'dhus', 'odata'].map((path) => [path, 'discovery'])),
  wms: 'view',
  dl: 'download',
  download: 'download',
  ingest: 'acquisition',
};

/** Everything in one process on embedded stores. */
export async function startAllInOne(): Promise<Mirror> {
  const data = await mkdtemp(join(tmpdir(), 'frombork-mirror-'));
  const environment = { FROMBORK_DATA: data, FROMBORK_DEMO: '0', FROMBORK_OPERATOR_TOKEN: TOKEN };
  const service = await startServiceProcess('all-in-one', environment);
  const stop = async (): Promise<void> => {
    await service.stop();
    await rm(data, { recursive: true, force: true });
  };
  return { url: service.url, token: TOKEN, data, stop };
}

/** Every service a process of its own on PostgreSQL, NATS and S3, behind one address. */
export async function startSeparateServices(): Promise<Mirror> {
  const [backends, port] = await Promise.all([startBackends(), freePort()]);
  const url = `http://127.0.0.1:${port}`;
  const environment = { ...backends.environment, PUBLIC_URL: url };
  const names = ['acquisition', 'discovery', 'download', 'portal', 'stac', 'view'];
  const services = await Promise.all(names.map((name) => startServiceProcess(name, environment)));
  const edge = await startEdge(port, new Map(services.map((service) => [service.name, service.url])));
  const stop = async (): Promise<void> => {
    edge.closeAllConnections();
    edge.close();
    await Promise.allSettled(services.map((service) => service.stop()));
    await backends.stop();
  };
  return { url, token: backends.token, data: backends.data, stop };
}

/** A reverse proxy on the first path segment that streams both ways. */
async function startEdge(port: number, services: ReadonlyMap<string, string>): Promise<Server> {
  const edge = createServer((incoming, outgoing) => {
    const segment = (incoming.url ?? '/').split(/[/?]/)[1] ?? '';
    const target = services.get(SERVICES[segment] ?? 'portal') ?? '';
    const { method, headers } = incoming;
    const onward = request(
      `${target}${incoming.url ?? '/'}`,
      { ...(method === undefined ? {} : { method }), headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((done) => edge.listen(port, '127.0.0.1', done));
  return edge;
}
