// npm run conformance -- helm: the chart through the real helm (lint, template) and every manifest against the Kubernetes schemas.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as yaml from 'js-yaml';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const CHART = join(ROOT, 'helm', 'frombork');
const TOOLS = join(ROOT, 'dist', 'tools');
const HELM_VERSION = 'v3.19.0';

/** Ways operators install it; each must render valid manifests. */
const CASES = {
  defaults: [],
  ingress: ['--set', 'ingress.enabled=true', '--set', 'ingress.className=nginx'],
  tls: ['--set', 'ingress.enabled=true', '--set', 'ingress.tls.enabled=true', '--set', 'ingress.tls.secretName=tls'],
  'without-view': ['--set', 'services.view.enabled=false', '--set', 'networkPolicy.enabled=false'],
  'own-resources': [
    '--set',
    'services.stac.replicas=5',
    '--set',
    'services.stac.env.DATABASE_POOL=20',
    '--set',
    'defaults.autoscaling.enabled=false',
  ],
};

const helm = findHelm();
let failures = 0;
report('helm lint', run(helm, ['lint', '--strict', CHART]).status === 0);
for (const [name, values] of Object.entries(CASES)) {
  const rendered = run(helm, ['template', 'mirror', CHART, '--kube-version', '1.31.0', ...values]);
  report(`helm template (${name})`, rendered.status === 0, rendered.stderr);
  const manifests = yaml.loadAll(rendered.stdout).filter(Boolean);
  const problems = (await Promise.all(manifests.map(problemOf))).filter(Boolean);
  report(
    `${manifests.length} manifests (${name}) fit the Kubernetes schemas`,
    manifests.length > 20 && problems.length === 0,
    problems.join('\n'),
  );
}
report(
  'a manifest that does not fit is found',
  (await problemOf({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'x' },
    spec: { ports: [{ port: 'none' }] },
  })) !== undefined,
);
process.exit(failures === 0 ? 0 : 1);

async function problemOf(manifest) {
  const version = manifest.apiVersion;
  const model = (await import(`kubernetes-models/${version}/${manifest.kind}`))[manifest.kind];
  try {
    new model(manifest).validate();
    return undefined;
  } catch (error) {
    return `${manifest.kind} ${manifest.metadata.name}: ${error.message}`;
  }
}

/** helm from the PATH, else built by Go into dist/tools. */
function findHelm() {
  if (spawnSync('helm', ['version']).status === 0) return 'helm';
  const own = join(TOOLS, 'helm');
  if (existsSync(own)) return own;
  console.log(`building helm ${HELM_VERSION} with Go ...`);
  const built = spawnSync('go', ['install', `helm.sh/helm/v3/cmd/helm@${HELM_VERSION}`], {
    env: { ...process.env, GOBIN: TOOLS },
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  if (built.status !== 0) throw new Error('helm is neither on the PATH nor could it be built: install helm 3 or Go');
  return own;
}

function run(program, args) {
  return spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
}

function report(what, ok, detail = '') {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${what}${ok || detail === '' ? '' : `\n${detail}`}`);
  if (!ok) failures += 1;
}
