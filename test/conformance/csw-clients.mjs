// npm run conformance -- csw-clients [address of a mirror]: OWSLib, GDAL's CSW driver and QGIS MetaSearch (its own dialog, without a screen) search the
// catalogue. Takes what the system has installed of them (python3-owslib, gdal-bin, qgis) and says what is missing. Without an address an all-in-one
// mirror with the demo archive is started.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemoMirror } from './mirror/start-demo-mirror.mjs';

const CHECKS = join(dirname(fileURLToPath(import.meta.url)), 'csw-clients');
// The system's own Python has QGIS's modules, whatever other Python comes first in PATH.
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const CLIENTS = {
  OWSLib: { isThere: [PYTHON, '-c', 'import owslib.csw'], check: 'owslib_search.py' },
  'GDAL CSW': { isThere: ['ogrinfo', '--version'], check: 'gdal_search.py' },
  'QGIS MetaSearch': {
    isThere: [PYTHON, '-c', 'import qgis.core, owslib.csw'],
    check: 'metasearch_search.py',
  },
};

const [given] = process.argv.slice(2);
const mirror = given === undefined ? await startDemoMirror() : { address: given, stop: () => undefined };
let failed = 0;
for (const [name, { isThere, check }] of Object.entries(CLIENTS)) {
  const [command, ...args] = isThere;
  if (spawnSync(command, args, { stdio: 'ignore' }).status !== 0) {
    console.log(`${name}: not installed`);
    failed++;
    continue;
  }
  const csw = `${mirror.address.replace(/\/$/, '')}/csw`;
  const env = { ...process.env, QT_QPA_PLATFORM: 'offscreen' };
  if (
    spawnSync(PYTHON, ['-W', 'ignore::FutureWarning', join(CHECKS, check), csw], { stdio: 'inherit', env }).status !== 0
  )
    failed++;
}
await mirror.stop();
process.exit(failed === 0 ? 0 : 1);
