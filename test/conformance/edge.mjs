// npm run conformance -- edge: deploy/nginx.conf in the real nginx, before servers that say who they are; compose.yaml names every service.
import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as yaml from 'js-yaml';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** The chart's paths are the one table: the edge must route the same. */
const PATHS = Object.entries(readYaml('helm/frombork/values.yaml').services).map(([service, { paths }]) => [
  service,
  paths,
]);
const HIDDEN = [
  '/metrics',
  '/metrics/',
  '/%6Detrics',
  '//metrics',
  '/stac/../metrics',
  '/health',
  '/health/ready',
  '/health/live/x',
];

let failures = 0;
checkCompose();
const folder = mkdtempSync(join(tmpdir(), 'frombork-edge-'));
const { names, upstreamPort, close } = await startServices(PATHS.map(([service]) => service));
const edge = await startNginx(names.address().port, upstreamPort);
try {
  await checkRoutes();
  await checkHidden();
  await checkForwarding();
} finally {
  edge.child.kill();
  await once(edge.child, 'exit');
  close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failures === 0 ? 0 : 1);

function checkCompose() {
  const projects = Object.values(readYaml('nest-cli.json').projects).filter(({ type }) => type === 'application');
  const wanted = projects.map(({ root }) => root.slice('services/'.length)).filter((name) => name !== 'all-in-one');
  const { services } = readYaml('deploy/compose.yaml');
  const built = Object.entries(services).filter(([name, { build }]) => build?.args.SERVICE === name);
  report(
    'compose.yaml builds every service',
    built
      .map(([name]) => name)
      .toSorted(byText)
      .join() === wanted.toSorted(byText).join(),
  );
  const hardened = built.every(([, service]) => service.read_only && service.cap_drop.includes('ALL'));
  report('compose.yaml runs them read-only and without capabilities', hardened);
  report(
    'the chart has a path for every service',
    PATHS.map(([service]) => service)
      .toSorted(byText)
      .join() === wanted.toSorted(byText).join(),
  );
  if (spawnSync('docker', ['compose', 'version']).status !== 0) {
    console.log('       (docker compose is not installed here: its own check of compose.yaml is left out)');
    return;
  }
  const secrets = { POSTGRES_PASSWORD: 'a', S3_SECRET_KEY: 'b', FROMBORK_OPERATOR_TOKEN: 'c' };
  const config = ['compose', '-f', join(ROOT, 'deploy', 'compose.yaml'), 'config', '--quiet'];
  const run = spawnSync('docker', config, { env: { ...process.env, ...secrets }, encoding: 'utf8' });
  report('docker compose accepts compose.yaml', run.status === 0, run.stderr);
}

async function checkRoutes() {
  for (const [service, paths] of PATHS) {
    const asked = paths.flatMap((path) =>
      path === '/' ? ['/', '/nowhere'] : [path, `${path}/`, `${path}/a%2Fb?c=%20d`],
    );
    const answers = await Promise.all(asked.map((path) => ask(path)));
    const wrong = asked.filter((path, index) => answers[index].service !== service || answers[index].url !== path);
    report(`${paths.join(' ')} reach ${service} as they were asked`, wrong.length === 0, wrong.join(' '));
  }
  const beside = PATHS.flatMap(([, paths]) => paths).filter((path) => path !== '/');
  const answers = await Promise.all(beside.map((path) => ask(`${path}x`)));
  report(
    'a longer first segment is another path',
    answers.every(({ service }) => service === 'portal'),
  );
}

async function checkHidden() {
  const answers = await Promise.all(HIDDEN.map((path) => ask(path)));
  const seen = HIDDEN.filter((path, index) => answers[index].status !== 404 || answers[index].service !== undefined);
  report("the services' health and metrics are not for the public", seen.length === 0, seen.join(' '));
  report('the edge answers /health/live itself', (await ask('/health/live')).status === 200);
}

async function checkForwarding() {
  const { headers } = await ask('/stac', { host: 'mirror.example.org:8443', 'x-request-id': 'from outside' });
  report('the Host asked for is passed on, with its port', headers.host === 'mirror.example.org:8443', headers.host);
  report('every request gets an id of ours', /^[0-9a-f]{32}$/.test(headers['x-request-id']), headers['x-request-id']);
  const forged = await ask('/stac', { 'x-forwarded-for': '203.0.113.7' });
  const forwarded = forged.headers?.['x-forwarded-for'];
  report('the address of the client comes last in X-Forwarded-For', forwarded === '203.0.113.7, 127.0.0.1', forwarded);
  const upload = await ask('/ingest', { 'content-length': 64e6 }, Buffer.alloc(64e6));
  report('an upload of 64 MB passes', upload.bytes === 64e6, `${upload.status}`);
  const long = await ask(`/wms?${'x'.repeat(12_000)}`);
  report('a query of 12 kB passes', long.service === 'view', `${long.status}`);
}

/** One server per service, each on an address of its own, and the name server that knows them. */
async function startServices(services) {
  const servers = services.map((service) =>
    createServer((incoming, answer) => void describe(service, incoming, answer)),
  );
  servers[0].listen(0, addressOf(0));
  await once(servers[0], 'listening');
  const upstreamPort = servers[0].address().port;
  for (const [index, server] of servers.entries()) {
    if (index === 0) continue;
    server.listen(upstreamPort, addressOf(index));
    await once(server, 'listening');
  }
  const names = createSocket('udp4', (query, { port, address }) => names.send(resolve(query, services), port, address));
  names.bind(0, '127.0.0.1');
  await once(names, 'listening');
  const close = () => [names, ...servers].forEach((server) => server.close());
  return { names, upstreamPort, close };
}

async function describe(service, incoming, answer) {
  let bytes = 0;
  for await (const chunk of incoming) bytes += chunk.length;
  answer.end(JSON.stringify({ service, url: incoming.url, headers: incoming.headers, bytes }));
}

function addressOf(index) {
  return `127.0.0.${index + 11}`;
}

/** The answer to a query for an A record (RFC 1035 section 4.1): the question repeated, one record pointing to its name. */
function resolve(query, services) {
  const name = query.toString('latin1', 13, 13 + query[12]);
  const known = services.includes(name);
  const header = Buffer.from([query[0], query[1], 0x81, known ? 0x80 : 0x83, 0, 1, 0, known ? 1 : 0, 0, 0, 0, 0]);
  const question = query.subarray(12, 12 + query[12] + 6);
  const address = addressOf(services.indexOf(name)).split('.').map(Number);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 10, 0, 4, ...address]);
  return Buffer.concat(known ? [header, question, record] : [header, question]);
}

/** deploy/nginx.conf with nothing changed but the addresses of this machine. */
async function startNginx(namesPort, upstreamPort) {
  const port = await freePort();
  const text = readFileSync(join(ROOT, 'deploy', 'nginx.conf'), 'utf8')
    .replace('resolver 127.0.0.11', `resolver 127.0.0.1:${namesPort}`)
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replace('http://$service:8080', `http://$service:${upstreamPort}`)
    .replaceAll(' /tmp/', ` ${folder}/`);
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, text);
  const tested = spawnSync('nginx', ['-t', '-e', 'stderr', '-c', file], { encoding: 'utf8' });
  if (tested.error) throw new Error('nginx is not on the PATH: install it (Debian: nginx-light)');
  report('nginx -t accepts nginx.conf', tested.status === 0, tested.stderr);
  const child = spawn('nginx', ['-e', 'stderr', '-c', file, '-g', 'daemon off;'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.on('exit', () => child.kill());
  const started = { child, port };
  for (let tries = 0; tries < 50 && (await ask('/', {}, undefined, port)).status === 0; tries += 1) await sleep(100);
  return started;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function byText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Asks the edge for a path exactly as written; what the service that got it saw. */
function ask(path, headers = {}, body, port = edge.port) {
  const { promise, resolve: answered } = Promise.withResolvers();
  const sent = request(
    { host: '127.0.0.1', port, path, headers, method: body === undefined ? 'GET' : 'PUT' },
    async (answer) => {
      const text = (await answer.toArray().catch(() => [])).join('');
      const seen = text.startsWith('{"service"') ? JSON.parse(text) : {};
      answered({ status: answer.statusCode, ...seen });
    },
  );
  sent.on('error', () => answered({ status: 0 }));
  sent.end(body);
  return promise;
}

function readYaml(path) {
  return yaml.load(readFileSync(join(ROOT, path), 'utf8'), { schema: yaml.YAML11_SCHEMA });
}

function report(what, ok, detail = '') {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${what}${ok || detail === '' ? '' : `\n${detail}`}`);
  if (!ok) failures += 1;
}
