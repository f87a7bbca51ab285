// OGC's suites written in CTL, run by TEAM Engine without its web pages against a mirror of their own. Needs Java 17 and Maven.
// The suites are not on Maven Central, TEAM Engine is: their sources come from the folder CITE_SOURCES (working trees or Git repositories), else by Git from
// their publisher. Nothing of them is kept in the project; what is fetched stays in dist/tools/cite.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const WORK = join(ROOT, 'dist', 'tools', 'cite');

/** Version of the engine that runs the suites. */
export const TEAM_ENGINE = '6.0.0-RC2';
const ARTIFACTS = ['teamengine-core', 'teamengine-resources', 'teamengine-spi'];

/** Sources of a suite by the name of its repository. */
export function suiteSource(name) {
  mkdirSync(WORK, { recursive: true });
  const folder = process.env.CITE_SOURCES;
  const given = folder === undefined ? [] : readdirSync(folder).filter((entry) => entry.endsWith(name));
  const [first] = given
    .flatMap((entry) => [join(folder, entry), join(folder, entry, 'repo')])
    .filter((path) => existsSync(join(path, 'pom.xml')) || existsSync(join(path, 'HEAD')));
  if (first !== undefined && existsSync(join(first, 'pom.xml'))) return first;
  const target = join(WORK, name);
  if (!existsSync(join(target, 'pom.xml'))) {
    rmSync(target, { recursive: true, force: true });
    const from = first ?? `https://github.com/opengeospatial/${name}.git`;
    run('git', ['clone', '--quiet', '--no-checkout', from, target]);
    // The documentation, which is not needed, may be missing in a copy.
    run('git', ['-C', target, 'checkout', '--quiet', 'HEAD', '--', 'pom.xml', 'src/main']);
  }
  return target;
}

/** Version of a suite as its sources say. */
export function suiteVersion(source) {
  const pom = readFileSync(join(source, 'pom.xml'), 'utf8').replace(/<parent>[\s\S]*?<\/parent>/, '');
  return /<artifactId>ets-[^<]*<\/artifactId>\s*<version>([^<]*)<\/version>/.exec(pom)?.[1] ?? 'unknown';
}

/** Runs a suite from its script; parameters as the script names them. Gives every test with its result, leading ones among them. */
export function runSuite({ name, source, script, suite, parameters }) {
  const path = classPath();
  const base = join(WORK, `te-base-${name}`);
  rmSync(base, { recursive: true, force: true });
  for (const folder of ['users', 'resources', 'scripts']) mkdirSync(join(base, folder), { recursive: true });
  const scripts = join(WORK, 'te-scripts');
  const resources = path.split(delimiter).find((jar) => jar.includes('teamengine-resources-'));
  run('unzip', ['-o', '-q', '-j', resources, 'com/occamlab/te/scripts/parsers.ctl', '-d', scripts]);
  const main = join(source, 'src', 'main');
  const java = [
    `-DTE_BASE=${base}`, '-cp', [path, join(main, 'resources')].join(delimiter), 'com.occamlab.te.Test',
    `-source=${join(main, 'scripts', 'ctl', script)}`, `-source=${join(scripts, 'parsers.ctl')}`,
    `-suite=${suite}`, '-logdir=users', '-session=s1',
    ...Object.entries(parameters).map(([key, value]) => `@${key}=${value}`),
  ]; // prettier-ignore
  // The status is that of the report it writes in another form at the end, which fails on suites started from sources.
  const { stdout, stderr } = spawnSync('java', java, { cwd: WORK, encoding: 'utf8', maxBuffer: 256 << 20 });
  writeFileSync(join(WORK, `${name}.log`), `${stdout}\n${stderr}`);
  return [...stdout.matchAll(/^( *)Test (\S+) (Passed|Failed.*|Skipped|Not Tested.*|.*)$/gm)]
    .filter(([, , , result]) => /^(Passed|Failed|Skipped|Not Tested|Warning|Best Practice)/.test(result))
    .map(([, , test, result]) => ({ test, result }));
}

/** Starts the all-in-one with the demo archive; `stop` ends it. */
export async function startMirror(environment) {
  const port = await freePort();
  const data = join(WORK, `mirror-${port}`);
  rmSync(data, { recursive: true, force: true });
  const main = join(ROOT, 'dist', 'services', 'all-in-one', 'src', 'main.js');
  if (!existsSync(main))
    run(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json'], ROOT);
  const child = spawn(process.execPath, [main], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PORT: String(port), FROMBORK_DATA: data, LOG_LEVEL: 'error', ...environment },
  });
  const ended = new Promise((done) => child.once('exit', done));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  for (let second = 0; second < 180 && child.exitCode === null; second++) {
    const ready = await fetch(`${url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return { url, stop };
    await pause(1000);
  }
  await stop();
  throw new Error('The mirror did not become ready.');
}

/** Maven fetches the engine and says where it is. */
function classPath() {
  const folder = join(WORK, 'classpath-team-engine');
  const file = join(folder, 'classpath.txt');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(folder, { recursive: true });
  const dependencies = ARTIFACTS.map(
    (artifact) =>
      `<dependency><groupId>org.opengis.cite.teamengine</groupId><artifactId>${artifact}</artifactId><version>${TEAM_ENGINE}</version></dependency>`,
  );
  writeFileSync(
    join(folder, 'pom.xml'),
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>frombork</groupId><artifactId>team-engine</artifactId><version>1</version><packaging>pom</packaging><dependencies>${dependencies.join('')}</dependencies></project>`,
  );
  run('mvn', ['-q', '-B', 'dependency:build-classpath', `-Dmdep.outputFile=${file}`], folder);
  return readFileSync(file, 'utf8').trim();
}

function run(command, args, cwd = WORK) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`);
}

function freePort() {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
