// Serves a built STAC Browser: every path that is no file is its page, told which catalogue to show.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Where the browser of `folder` is served for the catalogue at `catalogUrl`, and how that is ended. */
export async function serveBrowser(folder, catalogUrl) {
  const settings = `<script>window.STAC_BROWSER_CONFIG = ${JSON.stringify({ catalogUrl })};</script></head>`;
  const page = (await readFile(join(folder, 'index.html'), 'utf8')).replace('</head>', settings);
  const server = createServer(async ({ url }, answer) => {
    const path = new URL(url, 'http://localhost').pathname;
    const file =
      extname(path) in TYPES && path !== '/index.html'
        ? await readFile(join(folder, path)).catch(() => undefined)
        : undefined;
    answer.setHeader('Content-Type', file === undefined ? TYPES['.html'] : TYPES[extname(path)]).end(file ?? page);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const stop = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { address: `http://127.0.0.1:${server.address().port}`, stop };
}
