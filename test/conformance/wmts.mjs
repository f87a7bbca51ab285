// npm run conformance -- wmts: OGC's suite of WMTS 1.0.0 against a mirror of its own with the demo archive.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runSuite, startMirror, suiteSource, suiteVersion, TEAM_ENGINE } from './cite/team-engine.mjs';

const REPORT = join(dirname(fileURLToPath(import.meta.url)), 'reports', 'wmts.md');
/** Tests that only lead through others. */
const LEADING =
  /^wmts:(main|main-auto|(CommonOperations|GetCapabilities|GetTile|GetFeatureInfo)\.(Mandatory|Implemented)\.\S+)$/;

const source = suiteSource('ets-wmts10');
const mirror = await startMirror({ FROMBORK_DEMO: '1' });
try {
  const capabilities = `${mirror.url}/wmts?service=WMTS&request=GetCapabilities`;
  await layersIn(capabilities);
  const tests = runSuite({
    name: 'wmts10',
    source,
    script: 'wmts-auto.xml',
    suite: 'wmts:server.suite.base-auto',
    parameters: { 'capabilities-url': capabilities },
  }).filter(({ test }) => !LEADING.test(test));
  const of = (result) => tests.filter((one) => one.result.startsWith(result)).map(({ test }) => test);
  const [passed, failed] = [of('Passed'), of('Failed')];
  const others = tests.filter(({ result }) => !/^(Passed|Failed)/.test(result));
  writeReport({ passed, failed, others });
  console.log(`ets-wmts10: ${passed.length} passed, ${failed.length} failed, ${others.length} skipped`);
  for (const test of failed) console.log(`FAILED ${test}`);
  process.exitCode = failed.length > 0 || passed.length === 0 ? 1 : 0;
} finally {
  await mirror.stop();
}

/** The demo archive is taken in after the start; its collections become layers. */
async function layersIn(address) {
  for (let second = 0; second < 120; second++) {
    const text = await (await fetch(address)).text();
    if (text.includes('<Layer>')) return;
    await pause(1000);
  }
  throw new Error('The demo archive has no layers.');
}

function writeReport({ passed, failed, others }) {
  const list = (title, tests) =>
    tests.length === 0 ? '' : `\n${title}:\n\n${tests.map((test) => `- ${test}`).join('\n')}\n`;
  const text = `# WMTS 1.0.0: OGC's conformance suite

By \`npm run conformance -- wmts\`, on ${new Date().toISOString().slice(0, 10)}: ets-wmts10 ${suiteVersion(source)} by TEAM Engine ${TEAM_ENGINE} against a mirror in one process on embedded
stores with the demo archive. The suite's own choice of classes: common operations, GetCapabilities and GetTile by key-value pairs.

| suite | passed | failed | skipped |
|---|---|---|---|
| ets-wmts10 | ${passed.length} | ${failed.length} | ${others.length} |
${list('Failed', failed)}${list(
    'Skipped',
    others.map(({ test, result }) => `${test}: ${result}`),
  )}
GetFeatureInfo and RESTful addresses, which the suite leaves out, are asked by \`wmts.int.spec.ts\`.
`;
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, text);
}
