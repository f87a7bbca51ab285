// npm run conformance -- wfs-clients [sentinelhub|owslib|ogr|qgis|schemas …]: real clients of WFS and of the Sentinel Hub instances on an archive of their
// own: sentinelhub-py in a Python venv, OWSLib, GDAL and QGIS as Debian has them, and xmllint with OGC's schemas. What is missing is installed, else it fails.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from '../support/install-packages.mjs';
import { startView } from './view/start-view.mjs';
import { checkSchemas } from './wfs-clients/check-schemas.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(dirname(HERE));
const TOOLS = join(ROOT, 'dist', 'tools', 'wfs-clients');
const PICTURE = join(TOOLS, 'qgis.png');
const CLIENT = 'sentinelhub==3.12.0';
/** Debian's packages are of Debian's Python. */
const DEBIAN_PYTHON = '/usr/bin/python3';

const CHECKS = {
  sentinelhub: (address) => python(venv('sentinelhub', CLIENT), 'check_sentinelhub.py', address),
  owslib: (address) => python(debian('python3-owslib', 'python3-numpy'), 'check_owslib.py', address),
  ogr: (address) => python(debian('python3-gdal', 'python3-numpy'), 'check_ogr.py', address),
  qgis: (address) => python(debian('python3-qgis', 'python3-numpy'), 'check_qgis.py', address, PICTURE),
  schemas: (address) => {
    debian('libxml2-utils', 'git');
    return checkSchemas(address, TOOLS);
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(CHECKS, name));
if (unknown.length > 0) {
  console.error(`npm run conformance -- wfs-clients [${Object.keys(CHECKS).join('|')} …]`);
  process.exit(1);
}
mkdirSync(TOOLS, { recursive: true });
const view = await startView('acquisitions');
const failed = [];
try {
  for (const name of asked.length > 0 ? asked : Object.keys(CHECKS)) {
    console.log(`-- ${name}`);
    if (!(await CHECKS[name](view.address))) failed.push(name);
  }
} finally {
  await view.stop();
}
if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

function python(program, script, ...args) {
  const env = { ...process.env, QT_QPA_PLATFORM: 'offscreen', PYTHONDONTWRITEBYTECODE: '1' };
  const { status, error } = spawnSync(program, [join(HERE, 'wfs-clients', script), ...args], { stdio: 'inherit', env });
  if (error !== undefined) console.error(error.message);
  return status === 0;
}

function venv(name, ...packages) {
  const folder = join(TOOLS, name);
  const program = join(folder, 'bin', 'python');
  if (existsSync(join(folder, 'installed'))) return program;
  run('python3', ['-m', 'venv', folder]);
  run(join(folder, 'bin', 'pip'), ['install', '--quiet', ...packages]);
  mkdirSync(join(folder, 'installed'));
  return program;
}

function debian(...packages) {
  const missing = ensurePackages(packages);
  if (missing.length > 0) throw new Error(`${missing.join(' ')} cannot be installed here.`);
  return DEBIAN_PYTHON;
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(error?.message ?? `${command} ended with ${status}`);
}
