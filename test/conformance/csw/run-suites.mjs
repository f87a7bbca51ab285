// How each suite is run by TEAM Engine without its web pages, and what it found.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { runTestNg, versionOf } from '../cite/run-testng.mjs';

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
export function cite30({ endpoint, ...suite }) {
  const iut = `${endpoint}?service=CSW&amp;version=3.0.0&amp;request=GetCapabilities`;
  return runTestNg({
    ...suite,
    name: 'cat30',
    controller: 'org.opengis.cite.cat30.TestNGController',
    entries: { iut },
  });
}
