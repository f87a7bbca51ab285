// npm run conformance -- stac-clients [address of a mirror] [client ...]: real clients search, read and load from the STAC API and are held against all items
// there are; writes test/conformance/reports/stac-clients.md when all were asked. Without an address a mirror with the demo archive is started, and
// transactions are tried, too (in a mirror that is given where FROMBORK_OPERATOR_TOKEN is its operators'). Needs Python 3, GDAL (gdal-bin), curl and QGIS
// with Python (python3-qgis, of the system's own Python); other clients come into a Python venv of their own.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OPERATOR_TOKEN, startDemoMirror } from './mirror/start-demo-mirror.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const VENV = join(dirname(dirname(HERE)), 'dist', 'tools', 'stac-clients');
const REPORT = join(HERE, 'reports', 'stac-clients.md');
const PACKAGES = [
  'pystac-client==0.9.1',
  'cql2==0.6.0',
  'odc-stac==0.5.3',
  'rustac==0.9.18',
  'stac-geoparquet==0.8.3',
  'geopandas==1.2.0',
  'pyarrow==26.0.1',
];
const PYTHON = join(VENV, 'bin', 'python');
/** Where Debian's packages put the modules of QGIS and GDAL. */
const SYSTEM_PYTHON = '/usr/bin/python3';
const PICTURE = join(VENV, 'qgis.png');

/** Each client: what it is, and how its check is run. */
const CLIENTS = {
  'pystac-client': { about: 'pystac-client 0.9.1 with cql2 0.6.0', script: 'pystac_client_check.py', python: PYTHON },
  'odc-stac': { about: 'odc-stac 0.5.3', script: 'odc_stac_check.py', python: PYTHON },
  rustac: { about: 'rustac 0.9.18', script: 'rustac_check.py', python: PYTHON },
  'stac-geoparquet': {
    about: 'stac-geoparquet 0.8.3, pyarrow 26.0.1, geopandas 1.2.0',
    script: 'stac_geoparquet_check.py',
    python: PYTHON,
  },
  gdal: { about: versionOf('gdalinfo', ['--version']), script: 'gdal_check.py', python: PYTHON },
  qgis: { about: 'QGIS, without a screen', script: 'qgis_check.py', python: SYSTEM_PYTHON, more: [PICTURE] },
};

const [given, names] = readArguments(process.argv.slice(2));
const chosen = names.length === 0 ? Object.keys(CLIENTS) : names;
if (!chosen.every((name) => name in CLIENTS)) {
  console.error(`npm run conformance -- stac-clients [address of a mirror] [${Object.keys(CLIENTS).join(' | ')} ...]`);
  process.exit(1);
}
install();
const mirror =
  given === undefined ? await startDemoMirror() : { address: given.replace(/\/$/, ''), stop: () => undefined };
const token = given === undefined ? OPERATOR_TOKEN : process.env.FROMBORK_OPERATOR_TOKEN;
const results = chosen.map((name) => check(name, CLIENTS[name]));
await mirror.stop();
const failed = results.filter(({ holds }) => !holds);
if (failed.length > 0) console.error(`failed: ${failed.map(({ name }) => name).join(', ')}`);
else if (names.length === 0) writeReport(results);
process.exit(failed.length);

function readArguments([first, ...rest]) {
  if (first === undefined) return [undefined, []];
  return /^https?:/.test(first) ? [first, rest] : [undefined, [first, ...rest]];
}

function install() {
  const note = join(VENV, 'installed');
  const wanted = PACKAGES.join('\n');
  if (existsSync(note) && readFileSync(note, 'utf8') === wanted) return;
  run('python3', ['-m', 'venv', VENV]);
  run(join(VENV, 'bin', 'pip'), ['install', '--quiet', ...PACKAGES]);
  writeFileSync(note, wanted);
}

/** Runs a client's check; what it saw. */
function check(name, { about, script, python, more = [] }) {
  const { status, stdout, error } = spawnSync(
    python,
    [join(HERE, 'stac-clients', script), `${mirror.address}/stac`, ...more],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...(token === undefined ? {} : { OPERATOR_TOKEN: token }) },
    },
  );
  const saw = stdout?.trim() ?? '';
  const holds = status === 0 && saw !== '';
  console.log(`${name}: ${holds ? 'holds' : (error?.message ?? 'FAILED')}\n${saw}`);
  return { name, about, holds, saw };
}

function writeReport(checked) {
  const parts = checked.map(({ about, saw }) => `## ${about}\n\n${saw}`);
  const text = `# Clients of the STAC API

By \`npm run conformance -- stac-clients\`, on ${new Date().toISOString().slice(0, 10)}: real clients at a mirror in one process on embedded stores with the demo archive. What each
finds is held against all items there are, read by plain requests.

${parts.join('\n\n')}
`;
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, text);
}

function versionOf(command, args) {
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return stdout?.split(',')[0] ?? command;
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) return;
  console.error(error?.message ?? `${command} ended with ${status}`);
  process.exit(1);
}
