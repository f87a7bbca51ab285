// The report of a suite's run, as it is kept in reports/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A suite with those of its failures set apart that nothing could pass, each with what the suite says of it there and why: `{ <test>: { says, reason } }`.
 * They are no failures as long as the suite says just that; one that is not among the failures any more is a failure of the list.
 */
export function contest({ failed, ...suite }, known) {
  const isKnown = ({ test, message }) => Object.hasOwn(known, test) && message === known[test].says;
  const gone = Object.keys(known).filter((test) => !failed.some((one) => one.test === test));
  const outlived = gone.map((test) => ({
    test,
    message: 'passes now: it is no longer to be listed as one that cannot.',
  }));
  return {
    ...suite,
    failed: [...failed.filter((one) => !isKnown(one)), ...outlived],
    contested: failed.filter(isKnown).map(({ test }) => ({ test, message: known[test].reason })),
  };
}

/** A suite with why each of its tests was skipped, where `reasons` have it: `{ <test>: <reason> }`. */
export function explain({ skipped, ...suite }, reasons) {
  return { ...suite, skipped: skipped.map(({ test, message }) => ({ test, message: reasons[test] ?? message })) };
}

/** Writes it: `title`, what it was `about` (after "By `npm run ...`, on <day>: "), a row for each suite, what failed, what was skipped, `notes`. */
export function writeReport(file, { command, title, about, suites, notes = '' }) {
  const isContested = suites.some(({ contested = [] }) => contested.length > 0);
  const columns = ['suite', 'version', 'passed', 'failed', ...(isContested ? ['cannot be run'] : []), 'skipped'];
  const rows = suites.map(({ name, version, passed, failed, contested = [], skipped }) => {
    const counts = [passed, failed.length, ...(isContested ? [contested.length] : []), skipped.length];
    return `| ${[name, version, ...counts].join(' | ')} |`;
  });
  const listOf = (kind) => suites.flatMap((suite) => lines(suite, kind, suites.length > 1)).join('\n');
  const [failed, contested, skipped] = ['failed', 'contested', 'skipped'].map(listOf);
  const sections = [
    failed === '' ? 'Nothing failed.' : `Failed:\n\n${failed}`,
    ...(isContested ? [`Cannot be run, though the suite says "Failed" of it:\n\n${contested}`] : []),
    skipped === '' ? 'Nothing was skipped.' : `Skipped:\n\n${skipped}`,
  ];
  const text = `# ${title}

By \`npm run conformance -- ${command}\`, on ${new Date().toISOString().slice(0, 10)}: ${about}

| ${columns.join(' | ')} |
|${columns.map(() => '---|').join('')}
${rows.join('\n')}

${sections.join('\n\n')}
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
    console.log(`cannot be run ${test}: ${message}`);
  process.exitCode = suites.some(({ failed, passed }) => failed.length > 0 || passed === 0) ? 1 : 0;
}
