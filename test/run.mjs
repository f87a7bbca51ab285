import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, projectNode } from '../services/all-in-one/ensure-installed.mjs';
import { TEST_PACKAGES, ensurePackages } from './support/install-packages.mjs';

const HELP = `npm test [-- options]

Runs every test: unit, integration on real PostgreSQL/PostGIS, NATS JetStream and S3, and journeys over HTTP.
What is missing is installed where that is allowed (Debian packages, as root); else it says what to install.

  --only <tier>      unit, int or e2e
  <pattern>          only test files whose path matches

Servers given by environment are used as they are: TEST_DATABASE_URL, TEST_NATS_URL,
TEST_S3_ENDPOINT with TEST_S3_BUCKET, TEST_S3_ACCESS_KEY and TEST_S3_SECRET_KEY.`;

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log(HELP);
  process.exit(0);
}
const only = words.includes('--only') ? [words[words.indexOf('--only') + 1]] : ['unit', 'int', 'e2e'];
const patterns = words.filter((word, index) => !word.startsWith('--') && words[index - 1] !== '--only');

ensureInstalled(ROOT);
if (!only.every((tier) => tier === 'unit')) {
  const missing = ensurePackages(Object.values(TEST_PACKAGES).flat());
  if (missing.length > 0) console.log(`Tests that need ${missing.join(', ')} will fail.`);
}
run('build', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']);

const totals = { passed: 0, failed: 0, skipped: 0 };
for (const tier of only) addResults(tier);
if (totals.skipped > 0) console.log(`${totals.skipped} skipped: each says above what data it misses`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);

/** Runs one tier of tests; a tier that prints no result counts as one failure. */
function addResults(tier) {
  const report = join(ROOT, 'dist', `test-report-${tier}.json`);
  rmSync(report, { force: true });
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const workers = tier === 'e2e' ? ['--runInBand'] : ['--maxWorkers=2'];
  const options = [
    '--selectProjects',
    tier,
    '--json',
    '--outputFile',
    report,
    '--passWithNoTests',
    ...workers,
    ...patterns,
  ];
  const { status } = spawnSync(projectNode(ROOT), [...jest, ...options], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    totals.passed += result.numPassedTests;
    totals.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
    totals.skipped += result.numPendingTests;
    if (status !== 0 && result.success) totals.failed += 1;
  } catch {
    console.log(`The ${tier} tests ended without a report (exit ${status}).`);
    totals.failed += 1;
  }
}

function run(name, args) {
  const { status } = spawnSync(projectNode(ROOT), args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) {
    console.log(`${name} failed\n0 passed, 1 failed`);
    process.exit(1);
  }
}
