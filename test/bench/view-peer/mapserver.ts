import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, startDaemon, type Daemon } from '#test/support/daemon.js';
import { getMap, type MapServer } from './map-view.js';

const run = promisify(execFile);
const MAPSERV = '/usr/lib/cgi-bin/mapserv';
const PROCESSES = 2;

/**
 * MapServer by FastCGI behind nginx, as many processes as the machine has cores: data sets stay open (CLOSE_CONNECTION=DEFER), rasters by a tile index,
 * GDAL's and PROJ's caches kept in each process, PNG at the level our own encoder works at.
 */
export async function startMapServer(files: readonly string[]): Promise<MapServer> {
  if (!existsSync(MAPSERV))
    throw new Error('MapServer is missing: apt-get install cgi-mapserver spawn-fcgi nginx-light');
  const folder = await mkdtemp(join(tmpdir(), 'frombork-mapserver-'));
  await chmod(folder, 0o755);
  await run('gdaltindex', [join(folder, 'index.shp'), ...files]);
  await writeFile(join(folder, 'bench.map'), mapFile(folder));
  await writeFile(join(folder, 'mapserver.conf'), `CONFIG\n  ENV\n    MS_MAP_PATTERN ".*"\n  END\nEND\n`);
  const environment = { MAPSERVER_CONFIG_FILE: join(folder, 'mapserver.conf'), MS_MAPFILE: join(folder, 'bench.map') };
  const daemons: Daemon[] = [];
  const sockets = Array.from({ length: PROCESSES }, (_, n) => join(folder, `mapserv-${n}.sock`));
  for (const socket of sockets) {
    const command = ['spawn-fcgi', '-n', '-s', socket, '-M', '0777', '--', MAPSERV];
    daemons.push(await startDaemon(command, () => Promise.resolve(existsSync(socket)), environment));
  }
  const port = await freePort();
  await mkdir(join(folder, 'logs'), { mode: 0o777 });
  await writeFile(join(folder, 'nginx.conf'), nginxConf(folder, port, sockets));
  const base = `http://127.0.0.1:${port}/mapserv?map=${join(folder, 'bench.map')}`;
  const ready = async (): Promise<boolean> => (await fetch(`${base}&SERVICE=WMS&REQUEST=GetCapabilities`)).ok;
  daemons.push(await startDaemon(['nginx', '-p', folder, '-c', join(folder, 'nginx.conf')], ready));
  return {
    name: 'MapServer 8',
    pids: () => daemons.map(({ pid }) => pid),
    address: (view) => getMap(base, 'bench', view),
    stop: async () => {
      for (const daemon of daemons.toReversed()) await daemon.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const mapFile = (folder: string): string => `MAP
  NAME "bench"
  SIZE 256 256
  MAXSIZE 4096
  EXTENT -20037508 -20037508 20037508 20037508
  PROJECTION "init=epsg:3857" END
  IMAGETYPE "png"
  OUTPUTFORMAT NAME "png" DRIVER "AGG/PNG" MIMETYPE "image/png" IMAGEMODE RGBA EXTENSION "png" FORMATOPTION "COMPRESSION=6" TRANSPARENT ON END
  OUTPUTFORMAT NAME "jpeg" DRIVER "AGG/JPEG" MIMETYPE "image/jpeg" IMAGEMODE RGB EXTENSION "jpg" FORMATOPTION "QUALITY=80" END
  CONFIG "GDAL_CACHEMAX" "128"
  CONFIG "GDAL_DISABLE_READDIR_ON_OPEN" "EMPTY_DIR"
  WEB
    METADATA
      "wms_title" "bench"
      "wms_enable_request" "*"
      "wms_srs" "EPSG:3857 EPSG:4326"
      "wms_onlineresource" "http://127.0.0.1/mapserv?"
    END
  END
  LAYER
    NAME "bench"
    TYPE RASTER
    STATUS ON
    TILEINDEX "${join(folder, 'index.shp')}"
    TILEITEM "location"
    PROCESSING "RESAMPLE=BILINEAR"
    PROCESSING "CLOSE_CONNECTION=DEFER"
    PROJECTION "init=epsg:32632" END
    METADATA "wms_title" "bench" END
  END
END
`;

const nginxConf = (folder: string, port: number, sockets: readonly string[]): string => `
worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/logs/error.log;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path ${folder}/logs/a; proxy_temp_path ${folder}/logs/b; fastcgi_temp_path ${folder}/logs/c;
  uwsgi_temp_path ${folder}/logs/d; scgi_temp_path ${folder}/logs/e;
  upstream mapserv { least_conn; ${sockets.map((socket) => `server unix:${socket};`).join(' ')} }
  server {
    listen 127.0.0.1:${port};
    location /mapserv {
      fastcgi_pass mapserv;
      fastcgi_buffers 64 16k;
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param SCRIPT_NAME /mapserv;
      fastcgi_param SERVER_NAME localhost;
      fastcgi_param SERVER_PORT ${port};
      fastcgi_param SERVER_PROTOCOL $server_protocol;
    }
  }
}
`;
