import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const ENVIRONMENT = { ...process.env, DOCKER_BUILDKIT: '1', BUILDKIT_PROGRESS: 'plain' };
const PROGRAM = findDocker();

/** Runs the docker command; throws with what it said unless it exits 0. Returns its output. */
export function docker(...args) {
  const run = tryDocker(...args);
  if (run.status !== 0) throw new Error(`docker ${args.slice(0, 3).join(' ')} ... failed:\n${tail(run.output)}`);
  return run.output.trim();
}

/** Runs the docker command; what it said and its exit status. */
export function tryDocker(...args) {
  const run = spawnSync(PROGRAM, args, { env: ENVIRONMENT, encoding: 'utf8', maxBuffer: 1 << 26 });
  return { status: run.status, output: `${run.stdout}${run.status === 0 ? '' : run.stderr}` };
}

/** Imports a folder as an image, through the shell's pipe (an archive may be larger than memory). */
export function importImage(folder, tag, change) {
  const excludes = [
    'var/cache/apt/*',
    'var/lib/apt/lists/*',
    'usr/share/doc/*',
    'usr/share/man/*',
    'usr/share/locale/*',
  ];
  const script = `tar -C "$1" ${excludes.map((path) => `--exclude='./${path}'`).join(' ')} -c . | "$2" import --change "$4" - "$3"`;
  const run = spawnSync('sh', ['-c', script, 'sh', folder, PROGRAM, tag, change], {
    encoding: 'utf8',
    env: ENVIRONMENT,
  });
  if (run.status !== 0) throw new Error(`docker import failed:\n${run.stderr}`);
}

/** Whether the engine has an image or can pull it. */
export function haveImage(image) {
  return tryDocker('image', 'inspect', image).status === 0 || tryDocker('pull', '--quiet', image).status === 0;
}

/** The first docker command on the PATH that builds with BuildKit (secrets are mounted while building). */
function findDocker() {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'docker'))
    .filter(existsSync);
  const able = found.find((path) =>
    spawnSync(path, ['build', '--help'], { env: ENVIRONMENT, encoding: 'utf8' }).stdout.includes('--secret'),
  );
  if (able === undefined)
    throw new Error('No docker command that builds with BuildKit is on the PATH: install docker with buildx');
  if (spawnSync(able, ['version'], { env: ENVIRONMENT }).status !== 0)
    throw new Error('No docker engine is reachable: start one, or say where it is by DOCKER_HOST');
  return able;
}

function tail(text) {
  return text.trim().split('\n').slice(-15).join('\n');
}
