// A suite of OGC CITE in Java: compiled, run by TestNG without TEAM Engine's web pages, and what it found.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Runs the suite `ets-<name>`; `own` is a folder of classes that stand in for those it lacks, `entries` what it is told (escaped for XML). */
export function runTestNg({ name, controller, entries, work, source, classPath, own, run }) {
  const [classes, output] = [join(work, `${name}-classes`), join(work, `${name}-out`)];
  for (const folder of [classes, output]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const main = join(source, 'src', 'main');
  const files = [join(main, 'java'), ...(own === undefined ? [] : [own])].flatMap(javaFiles);
  run('javac', ['-nowarn', '-d', classes, '-cp', classPath, ...files], work);
  const properties = join(work, `${name}.xml`);
  const lines = Object.entries(entries).map(([key, value]) => `<entry key="${key}">${value}</entry>`);
  writeFileSync(
    properties,
    `<?xml version="1.0" encoding="UTF-8"?>\n<properties version="1.0">${lines.join('')}</properties>\n`,
  );
  const path = [classes, join(main, 'resources'), classPath].join(delimiter);
  run('java', ['-cp', path, controller, '-o', output, properties], work);
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
    name: `ets-${name}`,
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

/** The version a suite says it has. */
export function versionOf(source) {
  return /<artifactId>ets-[^<]*<\/artifactId>\s*<version>([^<]*)<\/version>/.exec(
    readFileSync(join(source, 'pom.xml'), 'utf8').replace(/<parent>[\s\S]*?<\/parent>/, ''),
  )[1];
}
