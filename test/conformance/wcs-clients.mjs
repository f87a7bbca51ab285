// npm run conformance -- wcs-clients: GDAL, OWSLib and QGIS read coverages by every version they speak, and get the very samples; GDAL a picture by WMS and
// WMTS, too. Takes what the system has installed (gdal-bin, python3-gdal, python3-numpy, python3-owslib, qgis) and PostgreSQL; pictures are left in dist/tools/wcs-clients.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startView } from './view/start-view.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const PICTURES = join(dirname(dirname(HERE)), 'dist', 'tools', 'wcs-clients');
// The clients are in Debian's Python, whatever else is called python3.
const PYTHON = '/usr/bin/python3';
const CLIENTS = ['gdal', 'gdal_maps', 'owslib', 'qgis'];

const needed = spawnSync(PYTHON, ['-c', 'import numpy, osgeo, owslib, qgis.core'], { encoding: 'utf8' });
if (needed.status !== 0) {
  console.error(
    `${needed.error?.message ?? needed.stderr}\nInstall python3-gdal, python3-numpy, python3-owslib and qgis.`,
  );
  process.exit(1);
}
mkdirSync(PICTURES, { recursive: true });
const view = await startView('coverages', 'utm');
const failed = [];
for (const client of CLIENTS) {
  console.log(`\n${client}`);
  const check = [
    '-W',
    'ignore::FutureWarning',
    join(HERE, 'wcs-clients', `${client}_client.py`),
    `${view.address}/wcs`,
    PICTURES,
  ];
  if ((await ended(spawn(PYTHON, check, { stdio: 'inherit' }))) !== 0) failed.push(client);
}
await view.stop();
if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`);
process.exit(failed.length);

function ended(child) {
  return new Promise((done) => child.once('exit', done));
}
