import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startDaemon } from '#test/support/daemon.js';
import type { MapServer, MapView } from './map-view.js';

const WORKERS = 2;
/** Its documentation's advice for speed. */
const SETTINGS = {
  GDAL_CACHEMAX: '200',
  GDAL_DISABLE_READDIR_ON_OPEN: 'EMPTY_DIR',
  GDAL_INGESTED_BYTES_AT_OPEN: '32768',
  GDAL_BAND_BLOCK_CACHE: 'HASHSET',
  VSI_CACHE: 'TRUE',
  VSI_CACHE_SIZE: '5000000',
};

/** titiler.application of a Python environment (TITILER_HOME), one process per core, over one COG. */
export async function startTitiler(file: string): Promise<MapServer | undefined> {
  const home = process.env['TITILER_HOME'];
  if (home === undefined || !existsSync(join(home, 'bin', 'uvicorn'))) return undefined;
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const command = [join(home, 'bin', 'uvicorn'), 'titiler.application.main:app', '--workers', String(WORKERS), '--port', String(port), '--log-level', 'error', '--no-access-log']; // prettier-ignore
  const daemon = await startDaemon(command, async () => (await fetch(`${base}/healthz`)).ok, SETTINGS);
  return {
    name: 'titiler',
    pids: () => [daemon.pid],
    address: (view) => address(base, file, view),
    stop: () => daemon.stop(),
  };
}

function address(base: string, file: string, { bbox, width, height, format }: MapView): string {
  const [type, crs] = [format === 'image/png' ? 'png' : 'jpg', 'epsg:3857'];
  const query = new URLSearchParams({
    url: file,
    coord_crs: crs,
    dst_crs: crs,
    resampling: 'bilinear',
    reproject: 'bilinear',
  });
  return `${base}/cog/bbox/${bbox.join(',')}/${width}x${height}.${type}?${query.toString()}`;
}
