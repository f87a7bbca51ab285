// npm run conformance -- wcs: OGC's suites of WCS 2.0 (core, extensions, Earth observation profile) and WCS 1.1 against a mirror of their own that holds
// the demo archive. Needs Java 17 and Maven. As with csw, the suites' sources come from the folder CITE_SOURCES (ets-wcs20 and ets-wcs11), else by Git
// from their publisher; nothing of them is kept in the project.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(dirname(HERE));
const WORK = join(ROOT, 'dist', 'tools', 'cite');
const REPORT = join(HERE, 'reports', 'wcs.md');
const TEAM_ENGINE = '6.0.0-RC2';
const DEPENDENCIES = [
  ...['core', 'resources', 'spi'].map((name) => ['org.opengis.cite.teamengine', `teamengine-${name}`, TEAM_ENGINE]),
  ['org.locationtech.jts', 'jts-core', '1.19.0'],
  ['org.locationtech.proj4j', 'proj4j', '1.3.0'],
  ['org.locationtech.proj4j', 'proj4j-epsg', '1.3.0'],
];
const SUITES = [
  {
    name: 'ets-wcs20',
    main: 'wcs2suite-auto.xml',
    suite: 'wcs2:ets-wcs20-auto',
    parameters: (url) => [
      `@url=${url}?service=WCS&acceptversions=2.0.1&request=GetCapabilities`,
      '@core=core', '@ext_post=post', '@ext_scal=scaling', '@ext_int=interpolation', '@ext_rsub=range subsetting',
      '@ext_crs=crs', '@profile_eowcs=eowcs',
    ],
  },
  {
    name: 'ets-wcs11',
    main: 'wcs-auto.xml',
    suite: 'wcs:suite-auto',
    parameters: (url) => [`@url=${url}?service=WCS&acceptversions=1.1.1&request=GetCapabilities`],
  },
]; // prettier-ignore

mkdirSync(WORK, { recursive: true });
const classPath = mavenClassPath();
const mirror =
  process.env.WCS_URL === undefined ? await startMirror() : { url: process.env.WCS_URL, stop: () => undefined };
try {
  const wanted = process.argv.slice(2);
  const results = [];
  for (const suite of SUITES.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
    results.push(await runSuite(suite, `${mirror.url}/wcs`));
  writeReport(results);
  for (const { name, passed, failed, skipped } of results)
    console.log(`${name}: ${passed} passed, ${failed.length} failed, ${skipped.length} skipped`);
  for (const { name, failed } of results) for (const test of failed) console.log(`FAILED ${name} ${test}`);
  process.exitCode = results.some(({ failed, passed }) => failed.length > 0 || passed === 0) ? 1 : 0;
} finally {
  await mirror.stop();
}

async function runSuite({ name, main, suite, parameters }, url) {
  const source = sourceOf(name);
  const base = join(WORK, `te-base-${name}`);
  rmSync(base, { recursive: true, force: true });
  for (const folder of ['users', 'resources', 'scripts']) mkdirSync(join(base, folder), { recursive: true });
  const scripts = join(WORK, 'te-scripts');
  const jar = classPath.split(delimiter).find((path) => path.includes('teamengine-resources-'));
  run('unzip', ['-o', '-q', '-j', jar, 'com/occamlab/te/scripts/parsers.ctl', '-d', scripts]);
  const classes = join(WORK, `${name}-classes`);
  mkdirSync(classes, { recursive: true });
  const java = join(source, 'src', 'main', 'java');
  const files = existsSync(java)
    ? readdirSync(java, { recursive: true }).filter(
        (file) => /(?<!package-info)\.java$/.test(file) && !/Controller|TestRunArguments/.test(file),
      )
    : [];
  if (files.length > 0)
    run('javac', ['-nowarn', '-d', classes, '-cp', classPath, ...files.map((file) => join(java, file))]);
  const path = [classes, join(source, 'src', 'main', 'resources'), classPath].join(delimiter);
  const schemas = await serveSchemas(join(source, 'src', 'main', 'resources'));
  const { stdout, stderr } = await output(
    'java',
    [
      '-Dhttp.proxyHost=127.0.0.1',
      `-Dhttp.proxyPort=${schemas.address().port}`,
      '-Dhttp.nonProxyHosts=127.0.0.1|localhost',
      `-DTE_BASE=${base}`, '-cp', path, 'com.occamlab.te.Test',
      `-source=${join(source, 'src', 'main', 'scripts', 'ctl', main)}`, `-source=${join(scripts, 'parsers.ctl')}`,
      `-suite=${suite}`, '-logdir=users', '-session=s1', ...parameters(url),
    ],
    { cwd: WORK, encoding: 'utf8', maxBuffer: 256 << 20, timeout: 1_800_000 },
  ); // prettier-ignore
  schemas.close();
  writeFileSync(join(WORK, `${name}.log`), `${stdout}\n${stderr}`);
  return { name, version: versionOf(source), ...countLeaves(stdout) };
}

/** What a program writes, whatever it ends with. */
function output(command, args, options) {
  return new Promise((done) => execFile(command, args, options, (_error, stdout, stderr) => done({ stdout, stderr })));
}

/** The suite asks schemas.opengis.net for the schemas it carries itself: a proxy gives it those, and nothing else. */
function serveSchemas(resources) {
  const server = createHttpServer((request, answer) => {
    const { pathname } = new URL(request.url, 'http://schemas.opengis.net');
    const file = join(resources, pathname.replace('/gml/3.2.1/', '/gml/3.2/'));
    if (!existsSync(file)) console.log(`no schema ${request.url}`);
    answer.writeHead(existsSync(file) ? 200 : 404, { 'Content-Type': 'application/xml' });
    answer.end(existsSync(file) ? readFileSync(file) : '');
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

/** A test that called others failed only because of them where one of them did: only the deepest count. */
function countLeaves(log) {
  const lines = [
    ...log.matchAll(
      /^( *)Test (\S+) (Passed|Failed|Skipped|Not Tested|Failed \(Inherited\)|Failed - Inherited|Best Practice|Continue|Warning)/gm,
    ),
  ];
  const of = (result) => lines.filter(([, , , found]) => found === result).map(([, , test]) => test);
  const failed = lines
    .filter(([line, , , found]) => found === 'Failed' && !/Inherited/i.test(line))
    .map(([, , test]) => test);
  return { passed: of('Passed').length, failed, skipped: [...of('Skipped'), ...of('Not Tested')] };
}

function sourceOf(name) {
  const folder = process.env.CITE_SOURCES;
  const entries = folder === undefined ? [] : readdirSync(folder).filter((entry) => entry.endsWith(name));
  const [first] = entries
    .flatMap((entry) => [join(folder, entry), join(folder, entry, 'repo')])
    .filter((path) => existsSync(join(path, 'pom.xml')) || existsSync(join(path, 'HEAD')));
  if (first !== undefined && existsSync(join(first, 'pom.xml'))) return first;
  const target = join(WORK, name);
  if (!existsSync(join(target, 'pom.xml')))
    run('git', ['clone', '--quiet', '--depth', '1', first ?? `https://github.com/opengeospatial/${name}.git`, target]);
  return target;
}

function mavenClassPath() {
  const folder = join(WORK, 'classpath-wcs');
  const file = join(folder, 'classpath.txt');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(folder, { recursive: true });
  const dependencies = DEPENDENCIES.map(
    ([group, artifact, version]) =>
      `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
  );
  writeFileSync(
    join(folder, 'pom.xml'),
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>frombork</groupId><artifactId>wcs</artifactId><version>1</version><packaging>pom</packaging><dependencies>${dependencies.join('')}</dependencies></project>`,
  );
  run('mvn', ['-q', '-B', 'dependency:build-classpath', `-Dmdep.outputFile=${file}`], folder);
  return readFileSync(file, 'utf8').trim();
}

async function startMirror() {
  const port = await freePort();
  const data = join(WORK, 'mirror-wcs');
  rmSync(data, { recursive: true, force: true });
  const main = join(ROOT, 'dist', 'services', 'all-in-one', 'src', 'main.js');
  if (!existsSync(main))
    run(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json'], ROOT);
  const environment = { PORT: String(port), FROMBORK_DATA: data, FROMBORK_DEMO: '1', LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, [main], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const ended = new Promise((done) => child.once('exit', done));
  const url = `http://127.0.0.1:${port}`;
  for (let second = 0; second < 300 && child.exitCode === null; second++) {
    if ((await coverages(url)) >= 3) return { url, stop: () => (child.kill('SIGTERM'), ended) };
    await pause(1000);
  }
  child.kill('SIGTERM');
  throw new Error('The mirror has no coverages.');
}

/** Coverages the demo archive has drawn by now. */
async function coverages(url) {
  const text = await fetch(`${url}/wcs?SERVICE=WCS&REQUEST=GetCapabilities`).then(
    (answer) => answer.text(),
    () => '',
  );
  return text.split('<wcs:CoverageSummary>').length - 1;
}

function writeReport(results) {
  const rows = results.map(
    ({ name, version, passed, failed, skipped }) =>
      `| ${name} | ${version} | ${passed} | ${failed.length} | ${skipped.length} |`,
  );
  const list = (key) => results.flatMap((one) => one[key].map((test) => `- ${one.name} ${test}`)).join('\n');
  const text = `# WCS 2.0 and WCS 1.1: OGC's conformance suites

By \`npm run conformance -- wcs\`, on ${new Date().toISOString().slice(0, 10)}: TEAM Engine ${TEAM_ENGINE} against a mirror in one process with the demo archive.

| suite | version | passed | failed | skipped |
|---|---|---|---|---|
${rows.join('\n')}

Tests that failed only because one they called did are not counted.

${list('failed') === '' ? 'Nothing failed.' : `Failed:\n\n${list('failed')}`}

${list('skipped') === '' ? 'Nothing was skipped.' : `Skipped:\n\n${list('skipped')}`}
`;
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, text);
}

function versionOf(source) {
  const pom = readFileSync(join(source, 'pom.xml'), 'utf8').replace(/<parent>[\s\S]*?<\/parent>/, '');
  return /<artifactId>ets-[^<]*<\/artifactId>\s*<version>([^<]*)<\/version>/.exec(pom)[1];
}

function run(command, args, cwd = WORK) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (error !== undefined) throw error;
  if (status === 0) return stdout;
  throw new Error(`${command} ended with ${status}:\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`);
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
