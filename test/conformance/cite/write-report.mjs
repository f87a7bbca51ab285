// The report of a suite's run, as it is kept in reports/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A suite with those of its failures set apart that are kept on purpose, each with why: `{ <test>: <reason> }`. They are failures in the report, but not in
 * the verdict.
 */
export function contest({ failed, ...suite }, reasons) {
  const isKept = ({ test }) => Object.hasOwn(reasons, test);
  return {
    ...suite,
    failed: failed.filter((one) => !isKept(one)),
    contested: failed.filter(isKept).map(({ test }) => ({ test, message: reasons[test] })),
  };
}

/** A suite with why each of its tests was skipped, where `reasons` have it: `{ <test>: <reason> }`. */
export function explain({ skipped, ...suite }, reasons) {
  return { ...suite, skipped: skipped.map(({ test, message }) => ({ test, message: reasons[test] ?? message })) };
}

/** Writes it: `title`, what it was `about` (after "By `npm run ...`, on <day>: "), a row for each suite, what failed, what was skipped, `notes`. */
export function writeReport(file, { command, title, about, suites, notes = '' }) {
  const rows = suites.map(
    ({ name, version, passed, failed, contested = [], skipped }) =>
      `| ${name} | ${version} | ${passed} | ${failed.length + contested.length} | ${skipped.length} |`,
  );
  const listOf = (kind) => suites.flatMap((suite) => lines(suite, kind, suites.length > 1)).join('\n');
  const [failed, contested, skipped] = ['failed', 'contested', 'skipped'].map(listOf);
  const text = `# ${title}

By \`npm run conformance -- ${command}\`, on ${new Date().toISOString().slice(0, 10)}: ${about}

| suite | version | passed | failed | skipped |
|---|---|---|---|---|
${rows.join('\n')}

${[failed !== '' && `Failed:\n\n${failed}`, contested !== '' && `Failed, and kept so:\n\n${contested}`].filter(Boolean).join('\n\n') || 'Nothing failed.'}

${skipped === '' ? 'Nothing was skipped.' : `Skipped:\n\n${skipped}`}
${notes === '' ? '' : `\n${notes.trim()}\n`}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Each test with what was said of it, once for however many layers or coverages. */
function lines({ name, ...suite }, kind, named) {
  const all = (suite[kind] ?? []).map(({ test, message }) => {
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
  for (const { test, message } of suites.flatMap((suite) => suite.contested ?? []))
    console.log(`kept ${test}: ${message}`);
  process.exitCode = suites.some(({ failed, passed }) => failed.length > 0 || passed === 0) ? 1 : 0;
}
