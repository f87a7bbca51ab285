// The report of a suite's run, as it is kept in reports/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes it: `title`, what it was `about` (after "By `npm run ...`, on <day>: "), a row for each suite, what failed, what was skipped, `notes`. */
export function writeReport(file, { command, title, about, suites, notes = '' }) {
  const rows = suites.map(
    ({ name, version, passed, failed, skipped }) =>
      `| ${name} | ${version} | ${passed} | ${failed.length} | ${skipped.length} |`,
  );
  const listOf = (kind) => suites.flatMap((suite) => lines(suite, kind, suites.length > 1)).join('\n');
  const [failed, skipped] = [listOf('failed'), listOf('skipped')];
  const text = `# ${title}

By \`npm run conformance -- ${command}\`, on ${new Date().toISOString().slice(0, 10)}: ${about}

| suite | version | passed | failed | skipped |
|---|---|---|---|---|
${rows.join('\n')}

${failed === '' ? 'Nothing failed.' : `Failed:\n\n${failed}`}

${skipped === '' ? 'Nothing was skipped.' : `Skipped:\n\n${skipped}`}
${notes === '' ? '' : `\n${notes.trim()}\n`}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Each test with what was said of it, once for however many layers or coverages. */
function lines({ name, ...suite }, kind, named) {
  const all = suite[kind].map(({ test, message }) => {
    const [said] = message.split('\n');
    return `${named ? `${name} ` : ''}${test}${said === '' ? '' : `: ${said}`}`;
  });
  return [...new Set(all)].map((line) => {
    const times = all.filter((other) => other === line).length;
    return `- ${line}${times > 1 ? ` (${times})` : ''}`;
  });
}

/** Says on the console what came out; the exit code tells whether all is well. */
export function printVerdicts(suites) {
  for (const { name, passed, failed, skipped } of suites)
    console.log(`${name}: ${passed} passed, ${failed.length} failed, ${skipped.length} skipped`);
  for (const { test, message } of suites.flatMap((suite) => suite.failed)) console.log(`FAILED ${test}: ${message}`);
  process.exitCode = suites.some(({ failed, passed }) => failed.length > 0 || passed === 0) ? 1 : 0;
}
