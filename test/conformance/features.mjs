// npm run conformance -- features [url of /stac]: OGC's suite of OGC API Features 1.0 (parts 1 and 2) against the STAC API. Without an address a mirror
// with the demo archive is started. Needs Java 17 and Maven. The suite comes from the folder CITE_SOURCES (ets-ogcapi-features10), else by Git from its
// publisher; what it needs is on Maven Central. The suite asks for an item of every collection: those without any get one of their own (in a mirror
// that is given, where FROMBORK_OPERATOR_TOKEN is its operators'). Nothing of it is kept in the project; what is fetched stays in dist/tools/cite.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, sourceOf } from './cite/cite-source.mjs';
import { runTestNg } from './cite/run-testng.mjs';
import { OPERATOR_TOKEN, startDemoMirror } from './mirror/start-demo-mirror.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const WORK = join(dirname(dirname(HERE)), 'dist', 'tools', 'cite');
const REPORT = join(HERE, 'reports', 'features.md');
const NAME = 'ogcapi-features10';

const [given] = process.argv.slice(2);
mkdirSync(WORK, { recursive: true });
const source = sourceOf(`ets-${NAME}`, WORK);
const classPath = classPathOf(source);
const mirror =
  given === undefined ? await startDemoMirror() : { address: new URL(given).origin, stop: () => undefined };
try {
  const iut = given ?? `${mirror.address}/stac`;
  await fillCollections(mirror.address, given === undefined ? OPERATOR_TOKEN : process.env.FROMBORK_OPERATOR_TOKEN);
  const result = runTestNg({
    name: NAME,
    controller: 'org.opengis.cite.ogcapifeatures10.TestNGController',
    entries: { iut: iut.replace(/\/$/, ''), noofcollections: '-1' },
    work: WORK,
    source,
    classPath,
    run,
  });
  writeReport(result);
  console.log(`${result.passed} passed, ${result.failed.length} failed, ${result.skipped.length} skipped`);
  for (const { test, message } of result.failed) console.log(`FAILED ${test}: ${message}`);
  process.exitCode = result.failed.length > 0 || result.passed === 0 ? 1 : 0;
} finally {
  await mirror.stop();
}

async function fillCollections(address, token) {
  if (token === undefined) return;
  const { collections } = await (await fetch(`${address}/stac/collections`)).json();
  const items = [];
  for (const { id } of collections) {
    const page = await (await fetch(`${address}/stac/collections/${id}/items?limit=1`)).json();
    if (page.features.length === 0) items.push(JSON.stringify(itemOf(id)));
  }
  const answer = await fetch(`${address}/ingest/items`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson', Authorization: `Bearer ${token}` },
    body: items.join('\n'),
  });
  console.log(`items for collections without any: ${await answer.text()}`);
}

function itemOf(collection) {
  const corners = [[10, 50], [11, 50], [11, 51], [10, 51], [10, 50]]; // prettier-ignore
  return {
    type: 'Feature',
    stac_version: '1.1.0',
    id: `ITEM_OF_${collection}`,
    collection,
    geometry: { type: 'Polygon', coordinates: [corners] },
    bbox: [10, 50, 11, 51],
    properties: { datetime: '2024-06-01T10:00:00Z' },
    links: [],
    assets: {},
  };
}

/** Maven fetches what the suite's own project needs and says where it is. */
function classPathOf(folder) {
  const file = join(WORK, `classpath-${NAME}.txt`);
  if (!existsSync(file)) run('mvn', ['-q', '-B', 'dependency:build-classpath', `-Dmdep.outputFile=${file}`], folder);
  return readFileSync(file, 'utf8').trim();
}

function writeReport({ version, passed, failed, skipped }) {
  const text = `# OGC API Features 1.0: OGC's conformance suite

By \`npm run conformance -- features\`, on ${new Date().toISOString().slice(0, 10)}: the STAC API of a mirror in one process on embedded stores with the demo archive,
and an item in each collection it leaves empty.

| suite | version | passed | failed | skipped |
|---|---|---|---|---|
| ets-${NAME} (parts 1 and 2) | ${version} | ${passed} | ${failed.length} | ${skipped.length} |

${failed.length === 0 ? 'Nothing failed.' : `Failed:\n\n${listOf(failed)}`}

${skipped.length === 0 ? 'Nothing was skipped.' : `Skipped:\n\n${listOf(skipped)}`}
`;
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, text);
}

/** Each test with what was said of it, once for however many collections and boxes. */
function listOf(tests) {
  const lines = tests.map(({ test, message }) => `${test}: ${message.split('\n')[0]}`);
  return [...new Set(lines)].map((line) => `- ${line} (${lines.filter((other) => other === line).length})`).join('\n');
}
