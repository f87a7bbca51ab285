// A proxy for the suites' Java that answers for the publishers of schemas and coordinate systems, so that nothing is fetched while a suite runs.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the published packages of schemas keep what a host publishes. */
const HOSTS = {
  'schemas.opengis.net': 'ogc',
  'bp.schemas.opengis.net': 'bp-ogc',
  'www.w3.org': 'w3c',
  'www.isotc211.org': 'isotc211',
};

/** Starts the proxy over the unpacked schemas: its port, the addresses it had nothing for, and how it is stopped. */
export async function serveSchemas(folder) {
  const missing = new Set();
  const server = createServer((request, response) => {
    void answer(folder, request.url).then((body) => {
      if (body === undefined) missing.add(request.url);
      response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'application/xml' });
      response.end(body);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { port: server.address().port, missing, stop: () => server.close() };
}

async function answer(folder, address) {
  const url = URL.parse(address);
  if (url?.hostname === 'www.opengis.net') return systemOf(url.pathname);
  // What the suite of WMS 1.1.1 fetches where it needs any document at all.
  if (url?.hostname === 'cite.opengeospatial.org' && url.pathname.endsWith('/null.xml')) return '<null/>';
  const host = url === null ? undefined : HOSTS[url.hostname];
  if (host === undefined) return undefined;
  const path = normalize(decodeURIComponent(url.pathname)).replace(/^\/wcs\/1\.1\.[12]\//, '/wcs/1.1/');
  return readFile(join(folder, host, path)).catch(() => undefined);
}

/** The definition of a coordinate system by the registry that GDAL comes with, undefined for what it does not have. */
async function systemOf(path) {
  const [, authority, code] = /^\/def\/crs\/(EPSG|OGC)\/[\d.]+\/(\w+)$/.exec(path) ?? [];
  if (code === undefined) return undefined;
  const { stdout } = await run('gdalsrsinfo', ['-o', 'xml', `${authority}:${code}`]).catch(() => ({ stdout: '' }));
  const definition = stdout.trim();
  // The registry leaves the prefix undeclared.
  return definition === ''
    ? undefined
    : definition.replace(
        /^<gml:\w+/,
        '$& xmlns:gml="http://www.opengis.net/gml" xmlns:xlink="http://www.w3.org/1999/xlink"',
      );
}
