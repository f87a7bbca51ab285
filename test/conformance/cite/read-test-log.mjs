// What TEAM Engine's console prints, read: tests inside tests, each with its verdict and the words that led to it.
const START = /^ *Testing (\S+) type \S+ in /;
const END = /^ *Test (\S+) (Passed|Failed|Failed - Inherited|Skipped.*|Not Tested.*|Warning.*|Best Practice.*)$/;

/** How the suite of WCS says that it asks no further. */
const LEFT_OUT = /does not support the gml coverage/i;

/**
 * Passed, failed and skipped, and the names of those that left something out. A test that only leads through others counts where it fails by itself; the
 * same test on different data counts each time.
 */
export function readTestLog(text) {
  const found = { passed: 0, failed: [], skipped: [], partly: new Set() };
  const open = [];
  let said = [];
  for (const line of text.split('\n')) {
    const end = END.exec(line);
    if (START.test(line)) {
      open.push({ leads: false });
      said = [];
    } else if (end !== null && open.length > 0) {
      const { leads, isPartly } = open.pop();
      if (isPartly) found.partly.add(end[1]);
      if (open.length > 0) open.at(-1).leads = true;
      count(found, { test: end[1], verdict: end[2], leads, message: words(said) });
      said = [];
    } else if (line.trim() !== '') {
      if (LEFT_OUT.test(line) && open.length > 0) open.at(-1).isPartly = true;
      said.push(line.trim());
    }
  }
  return found;
}

function count(found, { test, verdict, leads, message }) {
  if (verdict === 'Failed') found.failed.push({ test, message });
  else if (leads || verdict === 'Failed - Inherited') return;
  else if (/^(Skipped|Not Tested)/.test(verdict)) found.skipped.push({ test, message });
  else found.passed += 1;
}

const NOISE =
  /^(\*+|Context:|Assertion:|at |Test \S+ (elapsed|met)|\w{3} \d+, \d{4} |SEVERE|WARNING|Caused by|\.\.\. )/;

function words(lines) {
  const own = lines.filter((line) => !NOISE.test(line));
  const telling = own.filter((line) => /\[?FAILURE|\[SKIP|Error|skipped|not (?:supported|implemented)/i.test(line));
  return (telling.length > 0 ? telling : own).slice(-2).join(' ').slice(0, 300);
}
