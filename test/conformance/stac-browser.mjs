// npm run conformance -- stac-browser [address of a mirror]: STAC Browser, built from source and served from here, browses and searches the STAC API in a
// headless Chromium; writes test/conformance/reports/stac-browser.md, and pictures to look at into dist/tools/stac-browser/pictures. Without an address a
// mirror with the demo archive is started. Needs git and Chromium (CHROMIUM, else `chromium` on the path). The source comes from the folder CITE_SOURCES
// (stac-browser), else by Git from its publisher; its packages come from npm. Nothing of it is kept in the project.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemoMirror } from './mirror/start-demo-mirror.mjs';
import { buildBrowser, RELEASE } from './stac-browser/build-browser.mjs';
import { serveBrowser } from './stac-browser/serve-browser.mjs';
import { walkThrough } from './stac-browser/walk-through.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const WORK = join(dirname(dirname(HERE)), 'dist', 'tools', 'stac-browser');
const REPORT = join(HERE, 'reports', 'stac-browser.md');

const [given] = process.argv.slice(2);
const pictures = join(WORK, 'pictures');
mkdirSync(pictures, { recursive: true });
const source = buildBrowser(WORK);
const mirror =
  given === undefined ? await startDemoMirror() : { address: given.replace(/\/$/, ''), stop: () => undefined };
const browser = await serveBrowser(join(source, 'dist'), `${mirror.address}/stac`);
try {
  const { steps, failure, chromium } = await walkThrough({
    source,
    pictures,
    site: browser.address,
    stac: `${mirror.address}/stac`,
  });
  for (const step of steps) console.log(`seen: ${step}`);
  if (failure !== undefined) console.error(`FAILED after these: ${failure}`);
  else writeReport(steps, chromium);
  process.exitCode = failure === undefined ? 0 : 1;
} finally {
  await browser.stop();
  await mirror.stop();
}

function writeReport(steps, chromium) {
  const text = `# STAC Browser

By \`npm run conformance -- stac-browser\`, on ${new Date().toISOString().slice(0, 10)}: STAC Browser ${RELEASE.slice(1)}, built from source, in headless
Chromium ${chromium}, at the STAC API of a mirror in one process on embedded stores with the demo archive. Numbers are compared with what the API says.

${steps.map((step) => `- ${step}`).join('\n')}

No request to the mirror failed, and no script of the page threw.
`;
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, text);
}
