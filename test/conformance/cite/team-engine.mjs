// Suites of OGC CITE written in CTL, run by TEAM Engine without its web pages. The suites are not on Maven Central, TEAM Engine and the schemas are.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './cite-source.mjs';
import { compileJava } from './compile-java.mjs';
import { classPathOf, jarOf } from './maven.mjs';
import { readTestLog } from './read-test-log.mjs';
import { versionOf } from './run-testng.mjs';
import { serveSchemas } from './serve-schemas.mjs';

/** The version of the engine. */
export const TEAM_ENGINE = '6.0.0-RC2';
/** Where the schemas come from. */
export const SCHEMAS = ['org.jvnet.ogc:ogc-schemas:2.6.1', 'org.hisrc.w3c:w3c-schemas:1.4.0'];
const ENGINE = [
  ...['core', 'resources', 'spi'].map((part) => `org.opengis.cite.teamengine:teamengine-${part}:${TEAM_ENGINE}`),
  // Java itself reads no WebP, which the engine is to look into.
  'com.twelvemonkeys.imageio:imageio-webp:3.12.0',
];
const MOST_MINUTES = 60;

/**
 * Runs one suite: `scripts` of its source, `suite` as they name it, `parameters` as it takes them, `forms` the answers to the forms it shows one after
 * the other; `java` are folders of sources the scripts call into, `artifacts` what those need. Gives every test by its verdict.
 */
export async function runScripts({ name, source, scripts, suite, work, ...more }) {
  const { parameters = {}, forms = [], java = [], artifacts = [] } = more;
  const classPath = classPathOf(name, [...ENGINE, ...artifacts], work);
  const classes = compileJava({ name, folders: java, classPath, work });
  const base = join(work, `te-base-${name}`);
  rmSync(base, { recursive: true, force: true });
  for (const folder of ['users', 'resources', 'scripts']) mkdirSync(join(base, folder), { recursive: true });
  const own = unpackEngine(classPath, work);
  const proxy = await serveSchemas(unpackSchemas(work));
  const main = join(source, 'src', 'main');
  const log = join(work, `${name}.log`);
  try {
    await java17(
      [
        `-DTE_BASE=${base}`, '-Dhttp.proxyHost=127.0.0.1', `-Dhttp.proxyPort=${proxy.port}`,
        '-cp', [own, classPath, classes, join(main, 'resources')].join(delimiter), 'com.occamlab.te.Test',
        ...scripts.map((script) => `-source=${join(main, 'scripts', 'ctl', script)}`),
        ...['parsers.ctl', 'functions.ctl'].map((file) => `-source=${join(own, 'com', 'occamlab', 'te', 'scripts', file)}`),
        `-suite=${suite}`, '-logdir=users', '-session=s1',
        ...forms.map((answers, index) => `-form=${writeForm(join(work, `${name}-form-${index}.xml`), answers)}`),
        ...Object.entries(parameters).map(([key, value]) => `@${key}=${value}`),
      ],
      { work, log },
    ); // prettier-ignore
  } finally {
    proxy.stop();
  }
  for (const address of proxy.missing) console.log(`${name}: no schema for ${address}`);
  return { name: `ets-${name}`, version: versionOf(source), ...readTestLog(readFileSync(log, 'utf8')) };
}

function writeForm(file, answers) {
  const values = Object.entries(answers).map(
    ([key, value]) => `<value key="${key}">${value.replaceAll('&', '&amp;')}</value>`,
  );
  writeFileSync(file, `<values>${values.join('')}</values>`);
  return file;
}

/** The engine's own scripts (a suite that calls one of their functions ends in "'continue' is not allowed" without) and the schemas of SOAP, which it reads as files. */
function unpackEngine(classPath, work) {
  const folder = join(work, 'te-resources');
  run('unzip', ['-o', '-q', jarOf(classPath, 'teamengine-resources'), 'com/occamlab/te/*', '-d', folder], work);
  return folder;
}

/** The schemas of OGC and W3C in one folder. */
function unpackSchemas(work) {
  const folder = join(work, 'schemas');
  const path = classPathOf('schemas', SCHEMAS, work);
  if (!existsSync(join(folder, 'ogc')))
    for (const artifact of ['ogc-schemas', 'w3c-schemas'])
      run('unzip', ['-o', '-q', jarOf(path, artifact), '-d', folder], work);
  return folder;
}

/** Its status is that of a report in another form that it writes at the end, which fails on suites started from sources. */
function java17(args, { work, log }) {
  const out = createWriteStream(log);
  const child = spawn('java', args, { cwd: work, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(out, { end: false });
  child.stderr.pipe(out, { end: false });
  const limit = setTimeout(() => child.kill('SIGTERM'), MOST_MINUTES * 60_000);
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', () => {
      clearTimeout(limit);
      out.end(done);
    });
  });
}
