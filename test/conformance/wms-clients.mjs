// npm run conformance -- wms-clients [address of a mirror]: GDAL, OWSLib and QGIS read the WMS in 1.1.1 and 1.3.0, and every system and format is drawn where
// PROJ has it. Debian's packages gdal-bin, python3-gdal, python3-owslib and qgis are needed; pictures are left in dist/tools/wms-clients. Without an address
// an all-in-one mirror with the demo archive is started.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemoMirror } from './mirror/start-demo-mirror.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const PICTURES = join(dirname(dirname(HERE)), 'dist', 'tools', 'wms-clients');
// The clients are in Debian's Python, whatever else is called python3.
const PYTHON = '/usr/bin/python3';
const CLIENTS = ['systems', 'gdal', 'owslib', 'qgis'];

const [given] = process.argv.slice(2);
const needed = spawnSync(PYTHON, ['-c', 'import numpy, osgeo, owslib, qgis.core'], { encoding: 'utf8' });
if (needed.status !== 0) {
  console.error(
    `${needed.error?.message ?? needed.stderr}\nInstall python3-gdal, python3-numpy, python3-owslib and qgis.`,
  );
  process.exit(1);
}
mkdirSync(PICTURES, { recursive: true });
const mirror = given === undefined ? await startDemoMirror() : { address: given, stop: () => undefined };
const failed = CLIENTS.filter((client) => {
  console.log(`\n${client}`);
  const check = [join(HERE, 'wms-clients', `${client}_client.py`), mirror.address.replace(/\/$/, ''), PICTURES];
  return spawnSync(PYTHON, check, { stdio: 'inherit' }).status !== 0;
});
await mirror.stop();
if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`);
process.exit(failed.length);
