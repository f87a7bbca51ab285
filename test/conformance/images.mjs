// npm run conformance -- images: builds every image with the docker engine that is reachable (DOCKER_HOST) and runs them hardened.
import { readFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { docker, tryDocker } from './images/docker.mjs';
import { nodeImage } from './images/node-image.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const SERVICES = Object.values(JSON.parse(readFileSync(join(ROOT, 'nest-cli.json'), 'utf8')).projects)
  .filter(({ type }) => type === 'application')
  .map(({ root }) => root.slice('services/'.length));
const HARDENED = [
  '--read-only',
  '--tmpfs',
  '/tmp',
  '--cap-drop',
  'ALL',
  '--security-opt',
  'no-new-privileges',
  '--pids-limit',
  '128',
];
const NAME = `frombork-images-${process.pid}`;
const LARGEST_MB = 480;

let failures = 0;
try {
  const base = nodeImage(ROOT);
  buildAll(base);
  compareLayers(base);
  inspectContents();
  for (const service of SERVICES.filter((name) => name !== 'all-in-one')) refuseWithoutSettings(service);
  await runAllInOne();
} finally {
  tryDocker('rm', '--force', '--volumes', NAME);
  tryDocker('volume', 'rm', '--force', NAME);
}
process.exit(failures === 0 ? 0 : 1);

function buildAll(base) {
  for (const service of SERVICES) {
    const { seconds } = timed(() => build(service, base));
    const megabytes = Number(inspect(service, '{{.Size}}')) / 1e6;
    report(
      `${service} builds in ${seconds} s, ${megabytes.toFixed(0)} MB`,
      megabytes < LARGEST_MB,
      `more than ${LARGEST_MB} MB`,
    );
  }
  const unknown = tryDocker('build', ...buildOptions('no-such-service', base), ROOT);
  report('a service that does not exist is refused', unknown.status !== 0);
}

function build(service, base) {
  docker('build', '--tag', image(service), ...buildOptions(service, base), ROOT);
}

/** npm inside sees the registry and the CA that npm outside has. */
function buildOptions(service, base) {
  const secrets = Object.entries({ npmrc: process.env.npm_config_userconfig, ca: process.env.NODE_EXTRA_CA_CERTS });
  const given = secrets.filter(([, path]) => path !== undefined && existsSync(path));
  const options = given.flatMap(([id, path]) => ['--secret', `id=${id},src=${path}`]);
  for (const argument of [`SERVICE=${service}`, `NODE_IMAGE=${base}`]) options.push('--build-arg', argument);
  return ['--file', join(ROOT, 'deploy', 'Dockerfile'), ...options];
}

function compareLayers(base) {
  const layers = SERVICES.map((service) => JSON.parse(inspect(service, '{{json .RootFS.Layers}}')));
  const shared = layers.every((own) => own.slice(0, -1).join() === layers[0].slice(0, -1).join());
  const added =
    Number(inspect('all-in-one', '{{.Size}}')) - Number(docker('image', 'inspect', '--format', '{{.Size}}', base));
  report(
    `the ${layers.length} images share all layers but the last, ${(added / 1e6).toFixed(0)} MB on top of the base`,
    shared,
  );
}

/** Looks inside as the service itself would: same user, same read-only file system. */
function inspectContents() {
  const probe = `
    const fs = require('node:fs');
    const { execFileSync } = require('node:child_process');
    const refused = (path) => { try { fs.writeFileSync(path, ''); return false; } catch { return true; } };
    const files = execFileSync('find', ['/app'], { encoding: 'utf8', maxBuffer: 1 << 26 }).split('\\n');
    require('sharp')({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).png().toBuffer().then((png) => console.log(JSON.stringify({
      user: process.getuid() + ':' + process.getgid(),
      refused: ['/app/x', '/usr/local/bin/x', '/etc/x'].every(refused) && !refused('/tmp/x') && !refused('/data/x'),
      superfluous: files.filter((path) => /^\\/app\\/dist.*\\.(spec|contract)\\.js$|^\\/app\\/(dist\\/)?test$|\\.map$|\\.d\\.[mc]?ts$|^\\/app\\/node_modules\\/(node|typescript|jest|oxlint)$/.test(path)),
      png: png.subarray(1, 4).toString(),
    })));`;
  const found = JSON.parse(
    docker('run', '--rm', ...HARDENED, '--network', 'none', image('all-in-one'), 'node', '-e', probe),
  );
  report(`runs as ${found.user}`, found.user === '10001:10001');
  report('writes to /data and /tmp only', found.refused);
  report(
    'holds no tests, source maps, type declarations or development packages',
    found.superfluous.length === 0,
    found.superfluous.slice(0, 10).join('\n'),
  );
  report('native packages work (sharp encodes a PNG)', found.png === 'PNG');
  const command = tryDocker(
    'run',
    '--rm',
    ...HARDENED,
    '--network',
    'none',
    image('acquisition'),
    'frombork',
    '--help',
  );
  report(
    "the operators' command is in the image",
    command.status === 0 && command.output.includes('ingest'),
    command.output,
  );
}

function refuseWithoutSettings(service) {
  const run = tryDocker('run', '--rm', ...HARDENED, '--network', 'none', image(service));
  report(
    `${service} without settings says which are missing`,
    run.status === 1 && run.output.includes('DATABASE_URL is not set'),
    run.output,
  );
}

async function runAllInOne() {
  const health = [
    '--health-interval',
    '1s',
    '--health-timeout',
    '2s',
    '--health-retries',
    '2',
    '--health-start-period',
    '60s',
  ];
  const start = [
    'run',
    '--detach',
    '--name',
    NAME,
    ...HARDENED,
    ...health,
    '--volume',
    `${NAME}:/data`,
    '--env',
    'FROMBORK_DEMO=0',
  ];
  docker(...start, image('all-in-one'));
  const first = await untilReady();
  report(
    `all-in-one is ready ${first.seconds} s after its first start`,
    first.status === 200,
    `${first.body}\n${tryDocker('logs', NAME).output}`,
  );
  const memory = docker('stats', '--no-stream', '--format', '{{.MemUsage}}', NAME).split(' ')[0];
  const page = request('/');
  report(`the landing page answers (memory ${memory})`, page.status === 200 && page.body.includes('<html'), page.body);
  report('the STAC API answers', request('/stac').body.includes('"stac_version"'));
  report('HEALTHCHECK says healthy', await untilHealth('healthy'));
  docker('kill', '--signal', 'STOP', NAME);
  report('HEALTHCHECK says unhealthy when the process hangs', await untilHealth('unhealthy'));
  docker('kill', '--signal', 'CONT', NAME);
  const token = () => docker('exec', NAME, 'cat', '/data/operator-token');
  const before = token();
  const stopped = timed(() => docker('stop', '--time', '20', NAME));
  report(`stops by itself in ${stopped.seconds} s`, docker('inspect', '--format', '{{.State.ExitCode}}', NAME) === '0');
  docker('start', NAME);
  const second = await untilReady();
  report(`starts again on its volume in ${second.seconds} s`, second.status === 200 && token() === before, second.body);
}

/** Asked inside the container but at its own address, so that it must listen on more than loopback; works wherever the engine is. */
function request(path) {
  const script = `fetch('http://' + require('node:os').hostname() + ':8080${path}').then(async (answer) => console.log(JSON.stringify({ status: answer.status, body: await answer.text() })), (error) => console.log(JSON.stringify({ status: 0, body: String(error.cause ?? error) })))`;
  const run = tryDocker('exec', NAME, 'node', '-e', script);
  return run.status === 0 ? JSON.parse(run.output) : { status: 0, body: run.output };
}

async function untilReady() {
  const begin = Date.now();
  for (;;) {
    const answer = request('/health/ready');
    const seconds = ((Date.now() - begin) / 1000).toFixed(1);
    if (answer.status === 200 || seconds > 90) return { ...answer, seconds };
    await sleep(200);
  }
}

async function untilHealth(wanted) {
  for (let second = 0; second < 60; second += 1) {
    if (docker('inspect', '--format', '{{.State.Health.Status}}', NAME) === wanted) return true;
    await sleep(1000);
  }
  return false;
}

function image(service) {
  return `frombork/${service}:conformance`;
}

function inspect(service, format) {
  return docker('image', 'inspect', '--format', format, image(service));
}

function timed(work) {
  const begin = Date.now();
  work();
  return { seconds: ((Date.now() - begin) / 1000).toFixed(1) };
}

function report(what, ok, detail = '') {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${what}${ok || detail === '' ? '' : `\n${detail}`}`);
  if (!ok) failures += 1;
}
