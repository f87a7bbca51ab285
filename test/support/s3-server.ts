import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram, freePort, listens, startDaemon, type Daemon } from './daemon.js';
import { swiftConfig, type SwiftPorts } from './swift-config.js';

/** A real S3 server to test against. */
export interface S3Server {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  stop(): Promise<void>;
}

const run = promisify(execFile);
const RINGS = ['account', 'container', 'object'] as const;
const PROGRAMS = [
  ...RINGS.map((kind) => `swift-${kind}-server`),
  'swift-proxy-server',
  'swift-ring-builder',
  'memcached',
];

/** The server TEST_S3_ENDPOINT (…_BUCKET, …_ACCESS_KEY, …_SECRET_KEY, …_REGION) names, else OpenStack Swift with s3api of our own. */
export async function startS3Server(): Promise<S3Server> {
  const given = (name: string) => process.env[`TEST_S3_${name}`] ?? '';
  if (given('ENDPOINT') === '') return startSwift();
  process.stdout.write('S3: the server of TEST_S3_ENDPOINT\n');
  return {
    endpoint: given('ENDPOINT'),
    bucket: given('BUCKET') || 'frombork-test',
    region: given('REGION') || 'us-east-1',
    accessKey: given('ACCESS_KEY'),
    secretKey: given('SECRET_KEY'),
    stop: () => Promise.resolve(),
  };
}

/** Starts Swift (proxy and three storage servers, one replica) and memcached on loopback and a temporary folder. Throws, saying what to install, where a part is missing. */
async function startSwift(): Promise<S3Server> {
  const programs = new Map(PROGRAMS.map((name) => [name, findProgram(name)]));
  const missing = PROGRAMS.filter((name) => programs.get(name) === undefined);
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(', ')} missing: apt-get install swift-proxy swift-account swift-container swift-object memcached, or give TEST_S3_ENDPOINT.`,
    );
  }
  const program = (name: string) => programs.get(name) ?? name;
  const folder = await mkdtemp(join(tmpdir(), 'frombork-swift-'));
  const started: Daemon[] = [];
  const stop = async () => {
    await Promise.all(started.map((daemon) => daemon.stop()));
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const ports = await pickPorts();
    const secretKey = randomUUID();
    await writeFolder(folder, ports, secretKey);
    await Promise.all(RINGS.map((kind) => buildRing(program('swift-ring-builder'), folder, kind, ports[kind])));
    const start = async (command: string[], port: number) =>
      started.push(await startDaemon(command, () => listens(port)));
    const memcached = [
      program('memcached'),
      '-l',
      '127.0.0.1',
      '-p',
      String(ports.memcached),
      '-u',
      userInfo().username,
    ];
    await Promise.all([
      start(memcached, ports.memcached),
      ...RINGS.map((kind) => start([program(`swift-${kind}-server`), `${folder}/etc/${kind}.conf`], ports[kind])),
      start([program('swift-proxy-server'), `${folder}/etc/proxy.conf`], ports.proxy),
    ]);
    process.stdout.write(
      `S3: started OpenStack Swift with s3api on port ${ports.proxy} (pids ${started.map(({ pid }) => pid).join(', ')})\n`,
    );
    const endpoint = `http://127.0.0.1:${ports.proxy}`;
    return { endpoint, bucket: 'frombork-test', region: 'us-east-1', accessKey: 'test:tester', secretKey, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function pickPorts(): Promise<SwiftPorts> {
  const [proxy, account, container, object, memcached] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  return { proxy, account, container, object, memcached };
}

async function writeFolder(folder: string, ports: SwiftPorts, secretKey: string): Promise<void> {
  for (const name of ['etc', 'cache', 'srv/disk']) await mkdir(join(folder, name), { recursive: true });
  const files = swiftConfig(folder, userInfo().username, ports, secretKey);
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, 'etc', name), text)));
}

async function buildRing(builder: string, folder: string, kind: string, port: number): Promise<void> {
  const file = join(folder, 'etc', `${kind}.builder`);
  await run(builder, [file, 'create', '2', '1', '1']);
  await run(builder, [file, 'add', `r1z1-127.0.0.1:${port}/disk`, '100']);
  await run(builder, [file, 'rebalance']);
}
