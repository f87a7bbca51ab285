import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, projectNode } from '../services/all-in-one/ensure-installed.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(ROOT, 'node_modules', name);
const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', bin('jest/bin/jest.js')];

/** Everything a change must pass: a person and CI run the same. Steps of one row run side by side. */
const ROWS = [
  [
    ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
    ['types and build', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json']],
  ],
  [
    ['lint', [bin('oxlint/bin/oxlint'), '--type-aware', '--quiet', '.']],
    [
      'boundaries',
      [
        bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        '.dependency-cruiser.mjs',
        '--output-type',
        'err',
        'libs',
        'services',
        'test',
      ],
    ],
  ],
  [['unit tests', [...JEST, '--selectProjects', 'unit', '--silent', '--maxWorkers=2']]],
  [['generated files', ['dist/test/generate.js', '--check']]],
];

ensureInstalled(ROOT);
const started = Date.now();
let failed = 0;
for (const row of ROWS) {
  const results = await Promise.all(row.map(([name, args]) => run(name, args)));
  failed += results.filter((ok) => !ok).length;
}
console.log(
  `${failed === 0 ? 'check passed' : `check FAILED (${failed} step(s))`} in ${((Date.now() - started) / 1000).toFixed(0)} s`,
);
process.exit(failed === 0 ? 0 : 1);

function run(name, args) {
  return new Promise((resolve) => {
    const begin = Date.now();
    const child = spawn(projectNode(ROOT), args, { cwd: ROOT });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('close', (code) => {
      const seconds = ((Date.now() - begin) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}
