import { Worker } from 'node:worker_threads';

const SOURCE = import.meta.url.endsWith('.ts');

/** V8 heap of a worker; rasters are outside of it. */
const HEAP_MB = 512;

// Under the test runner this file is TypeScript, and so is the worker: the loader below does in the worker what the runner does for us.
const LOADER = `
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
const root = ${JSON.stringify(new URL('../../../../', import.meta.url).href)};
const source = (name) => name.replace(/\\.js$/, '.ts');
registerHooks({
  resolve(name, context, next) {
    if (!context.parentURL?.endsWith('.ts')) return next(name, context);
    const alias = /^#(\\w+)\\/(.*)$/.exec(name);
    if (alias) return next(new URL(source('libs/' + alias[1] + '/src/' + alias[2]), root).href, context);
    return next(name.startsWith('.') ? source(name) : name, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const text = readFileSync(new URL(url), 'utf8');
    return { format: 'module', shortCircuit: true, source: stripTypeScriptTypes(text, { mode: 'transform' }) };
  },
});`;

/** Starts the thread that does one ingest job. */
export function startIngestWorker(workerData: unknown): Worker {
  return startRasterWorker('ingest-worker', workerData);
}

/** Starts a worker script of this folder, compiled or, under the test runner, from its source. */
export function startRasterWorker(name: 'ingest-worker' | 'render-worker', workerData: unknown): Worker {
  const script = new URL(`./${name}.${SOURCE ? 'ts' : 'js'}`, import.meta.url);
  const loader = `data:text/javascript,${encodeURIComponent(LOADER)}`;
  return new Worker(script, {
    workerData,
    // Nothing of the parent's own options (test runner flags, inspectors).
    execArgv: SOURCE ? ['--no-warnings', '--import', loader] : [],
    // Native libraries print what we say better.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
}
