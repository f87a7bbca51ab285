import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve('.');
const CONFIG = [
  '.dependency-cruiser.mjs',
  '.dependency-cruiser.resolve.cjs',
  '.oxlintrc.json',
  'package.json',
  'tsconfig.json',
  'tsconfig.base.json',
];

/** One file that breaks exactly the rule named. */
const PLANTED: readonly (readonly [rule: string, file: string, source: string])[] = [
  [
    'domain-is-pure',
    'libs/domain/src/a.ts',
    "import { readFile } from 'node:fs/promises';\nexport const a = readFile;\n",
  ],
  [
    'protocols-know-only-the-domain',
    'libs/protocols/src/b.ts',
    "import { request } from 'node:http';\nexport const b = request;\n",
  ],
  [
    'adapters-know-only-the-domain',
    'libs/adapters/src/mail/c.ts',
    "import { ok } from '#protocols/ok.js';\nexport const c = ok;\n",
  ],
  [
    'one-adapter-per-technology',
    'libs/adapters/src/mail/d.ts',
    "import { ok } from '#adapters/upstream/ok.js';\nexport const d = ok;\n",
  ],
  [
    'platform-knows-only-the-domain',
    'libs/platform/src/e.ts',
    "import { ok } from '#adapters/upstream/ok.js';\nexport const e = ok;\n",
  ],
  [
    'one-home-per-driver-postgres',
    'services/stac/src/f.ts',
    "import { Client } from 'pg';\nexport const f = Client;\n",
  ],
  [
    'one-home-per-driver-object-store',
    'libs/adapters/src/mail/g.ts',
    "import { Client } from 'minio';\nexport const g = Client;\n",
  ],
  [
    'one-home-per-driver-event-bus',
    'libs/platform/src/h.ts',
    "import { connect } from '@nats-io/transport-node';\nexport const h = connect;\n",
  ],
  [
    'one-home-per-driver-parquet',
    'libs/protocols/src/stac/p.ts',
    "import { ParquetWriter } from 'hyparquet-writer';\nexport const p = ParquetWriter;\n",
  ],
  ['one-home-per-driver-raster', 'services/view/src/i.ts', "import sharp from 'sharp';\nexport const i = sharp;\n"],
  [
    'one-home-per-driver-job-runner',
    'services/view/src/j.ts',
    "import Docker from 'dockerode';\nexport const j = Docker;\n",
  ],
  [
    'one-home-per-driver-xml',
    'libs/protocols/src/csw/k.ts',
    "import { SaxesParser } from 'saxes';\nexport const k = SaxesParser;\n",
  ],
  [
    'services-are-islands',
    'services/stac/src/l.ts',
    "import { ok } from '#services/view/src/ok.js';\nexport const l = ok;\n",
  ],
  [
    'all-in-one-takes-modules-only',
    'services/all-in-one/src/m.ts',
    "import { ok } from '#services/view/src/ok.js';\nexport const m = ok;\n",
  ],
  [
    'nothing-imports-test',
    'services/stac/src/n.ts',
    "import { ok } from '#test/support/ok.js';\nexport const n = ok;\n",
  ],
  ['no-circular', 'libs/domain/src/o.ts', "import { p } from './p.js';\nexport const o = (): unknown => p;\n"],
];

const INNOCENT: readonly (readonly [file: string, source: string])[] = [
  ['libs/protocols/src/ok.ts', 'export const ok = 1;\n'],
  ['libs/adapters/src/upstream/ok.ts', 'export const ok = 1;\n'],
  ['services/view/src/ok.ts', 'export const ok = 1;\n'],
  ['test/support/ok.ts', 'export const ok = 1;\n'],
  ['libs/domain/src/p.ts', "import { o } from './o.js';\nexport const p = (): unknown => o;\n"],
  ['services/stac/src/allowed.ts', "import { ok } from '#adapters/upstream/ok.js';\nexport const allowed = ok;\n"],
];

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
}

function plant(): string {
  const folder = mkdtempSync(join(tmpdir(), 'frombork-rules-'));
  for (const file of CONFIG) cpSync(join(ROOT, file), join(folder, file));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const files = [...PLANTED.map(([, file, source]) => [file, source] as const), ...INNOCENT];
  for (const [file, source] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), source);
  }
  return folder;
}

describe('the rules of who may import whom', () => {
  let violations: Violation[];

  beforeAll(() => {
    const arguments_ = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'libs', 'services', 'test'];
    const run = spawnSync(process.execPath, [join(ROOT, 'node_modules/.bin/depcruise'), ...arguments_], {
      cwd: plant(),
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    violations = (JSON.parse(run.stdout) as { summary: { violations: Violation[] } }).summary.violations;
  }, 60_000);

  it.each(PLANTED)('%s catches a planted violation', (rule, file) => {
    expect(violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name)).toContain(
      rule,
    );
  });

  it('leave innocent files alone', () => {
    const accused = new Set(violations.map((violation) => violation.from));
    for (const [file] of INNOCENT.filter(([, source]) => !source.includes('./o.js')))
      expect(accused.has(file)).toBe(false);
  });

  it('have a planted violation each', async () => {
    const config = (await import(join(ROOT, '.dependency-cruiser.mjs'))) as {
      default: { forbidden: { name: string }[] };
    };
    expect(config.default.forbidden.map(({ name }) => name).toSorted()).toEqual(
      PLANTED.map(([rule]) => rule).toSorted(),
    );
  });
});

describe('the rule that the environment is read once', () => {
  it('catches process.env anywhere but in platform/read-config.ts', () => {
    const folder = plant();
    writeFileSync(join(folder, 'services/view/src/ok.ts'), 'export const ok = process.env.HOME;\n');
    const run = spawnSync(join(ROOT, 'node_modules/.bin/oxlint'), ['services/view/src/ok.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(run.status).not.toBe(0);
    expect(run.stdout).toContain('no-process-env');
  });
});
