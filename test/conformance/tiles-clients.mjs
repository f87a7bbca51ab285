// npm run conformance -- tiles-clients [address of a mirror]: QGIS draws WMTS (by key-value pairs and by RESTful addresses) and XYZ, GDAL reads WMTS, XYZ and
// OGC API Tiles and Maps, OWSLib asks for tiles; every picture is compared with the map WMS draws of the same place, pixel by pixel, also shifted. Needs a
// Python that has qgis, osgeo (GDAL), numpy and owslib: PYTHON, else the first of python3 and /usr/bin/python3 that does. The pictures stay in
// dist/tools/tiles-clients. Without an address a mirror with the demo archive is started.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemoMirror } from './mirror/start-demo-mirror.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const PICTURES = join(dirname(dirname(HERE)), 'dist', 'tools', 'tiles-clients');
const NEEDED = 'import numpy, osgeo.gdal, owslib.wmts, qgis.core';

const [given] = process.argv.slice(2);
const environment = {
  ...process.env,
  QT_QPA_PLATFORM: 'offscreen',
  GDAL_DEFAULT_WMS_CACHE_PATH: join(PICTURES, 'cache'),
};
const python = [process.env.PYTHON ?? 'python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', NEEDED], { env: environment }).status === 0,
);
if (python === undefined) {
  console.error(
    'No Python with qgis, osgeo, numpy and owslib (Debian: python3-qgis python3-gdal python3-owslib); set PYTHON.',
  );
  process.exit(1);
}
rmSync(PICTURES, { recursive: true, force: true });
mkdirSync(PICTURES, { recursive: true });
const mirror = given === undefined ? await startDemoMirror() : { address: given, stop: () => undefined };
const check = [join(HERE, 'tiles-clients', 'check.py'), mirror.address.replace(/\/$/, ''), PICTURES];
const { status } = spawnSync(python, check, { stdio: 'inherit', env: environment });
await mirror.stop();
process.exit(status ?? 1);
