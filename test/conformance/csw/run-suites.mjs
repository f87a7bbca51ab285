// How each suite is run by TEAM Engine without its web pages, and what it found.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { spawnSync } from 'node:child_process';

/** Tests that only lead through others, or check a document for them. */
const LEADING = /Main-auto|ctl:|^csw:(GetCapabilities-GET|DescribeRecord-POST|GetRecordById-GET|GetRecords-POST)$/;

/** ets-csw202: scripts in CTL, run by TEAM Engine's console. */
export function cite202({ work, endpoint, source, classPath, unpackFrom, run }) {
  const base = join(work, 'te-base');
  rmSync(base, { recursive: true, force: true });
  for (const folder of ['users', 'resources', 'scripts']) mkdirSync(join(base, folder), { recursive: true });
  const scripts = join(work, 'te-scripts');
  run('unzip', ['-o', '-q', '-j', unpackFrom, 'com/occamlab/te/scripts/parsers.ctl', '-d', scripts]);
  const main = join(source, 'src', 'main');
  const java = [
    `-DTE_BASE=${base}`, '-cp', [classPath, join(main, 'resources')].join(delimiter), 'com.occamlab.te.Test',
    `-source=${join(main, 'scripts', 'ctl', 'main-auto.xml')}`, `-source=${join(scripts, 'parsers.ctl')}`,
    '-suite=csw:csw-2.0.2-compliance-suite-auto', '-logdir=users', '-session=s1',
    `@capabilities.url=${endpoint}?service=CSW&version=2.0.2&request=GetCapabilities`,
  ]; // prettier-ignore
  // The status is that of the report it writes in another form at the end, which fails on suites started from sources.
  const { stdout, stderr } = spawnSync('java', java, { cwd: work, encoding: 'utf8', maxBuffer: 64 << 20 });
  writeFileSync(join(work, 'csw202.log'), `${stdout}\n${stderr}`);
  const results = [...stdout.matchAll(/^ *Test (\S+) (Passed|Failed|Skipped|Not Tested)/gm)].map(
    ([, test, result]) => ({ test, result }),
  );
  const own = results.filter(({ test }) => !LEADING.test(test));
  const of = (wanted) =>
    own.filter(({ result }) => wanted.includes(result)).map(({ test }) => ({ test, message: 'see csw202.log' }));
  return {
    name: 'ets-csw202',
    version: versionOf(source),
    passed: of(['Passed']).length,
    failed: of(['Failed']),
    skipped: of(['Skipped', 'Not Tested']),
  };
}

/** ets-cat30: Java, compiled here together with our own geometry and run by TestNG. */
export function cite30({ work, endpoint, source, classPath, own, run }) {
  const [classes, output] = [join(work, 'cat30-classes'), join(work, 'cat30-out')];
  for (const folder of [classes, output]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const main = join(source, 'src', 'main');
  const files = [...javaFiles(join(main, 'java')), ...javaFiles(own)];
  run('javac', ['-nowarn', '-d', classes, '-cp', classPath, ...files]);
  const properties = join(work, 'cat30.xml');
  const address = `${endpoint}?service=CSW&amp;version=3.0.0&amp;request=GetCapabilities`;
  writeFileSync(
    properties,
    `<?xml version="1.0" encoding="UTF-8"?>\n<properties version="1.0"><entry key="iut">${address}</entry></properties>\n`,
  );
  const path = [classes, join(main, 'resources'), classPath].join(delimiter);
  run('java', ['-cp', path, 'org.opengis.cite.cat30.TestNGController', '-o', output, properties]);
  const tests = [...readFileSync(resultsIn(output), 'utf8').matchAll(/<test-method\b([^>]*)>([\s\S]*?)<\/test-method>/g)]
    .map(([, attributes, body]) => ({
      test: /\bname="([^"]*)"/.exec(attributes)[1],
      status: /\bstatus="([^"]*)"/.exec(attributes)[1],
      isConfig: attributes.includes('is-config="true"'),
      message: /<message>\s*<!\[CDATA\[([\s\S]*?)\]\]>/.exec(body)?.[1].trim() ?? '',
    }))
    .filter(({ isConfig, status }) => !isConfig || status === 'FAIL'); // prettier-ignore
  const of = (status) => tests.filter((test) => test.status === status);
  return {
    name: 'ets-cat30',
    version: versionOf(source),
    passed: of('PASS').length,
    failed: of('FAIL'),
    skipped: of('SKIP'),
  };
}

function javaFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.java') && !file.endsWith('package-info.java'))
    .map((file) => join(folder, file));
}

function resultsIn(output) {
  const file = readdirSync(output, { recursive: true }).find((name) => name.endsWith('testng-results.xml'));
  return join(output, file);
}

function versionOf(source) {
  return /<artifactId>ets-[^<]*<\/artifactId>\s*<version>([^<]*)<\/version>/.exec(
    readFileSync(join(source, 'pom.xml'), 'utf8').replace(/<parent>[\s\S]*?<\/parent>/, ''),
  )[1];
}
