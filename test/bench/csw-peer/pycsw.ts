import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '#test/support/daemon.js';

const run = promisify(execFile);
/** The last release, and the SQLAlchemy it works with. */
const PACKAGES = ['pycsw==2.6.2', 'SQLAlchemy<2', 'psycopg2-binary', 'gunicorn'];
/** One worker per core, as its documentation advises for WSGI. */
const WORKERS = 2;

/** pycsw in a Python environment of its own, over a PostGIS database. */
export interface Pycsw {
  readonly url: string;
  stop(): Promise<void>;
}

/** Where its parts are. */
interface Installed {
  readonly folder: string;
  readonly bin: (name: string) => string;
  readonly config: string;
  readonly home: string;
}

/** Installs pycsw from PyPI, makes its tables in the (empty, PostGIS) database, loads the records, and serves them by gunicorn. */
export async function startPycsw(databaseUrl: string, records: AsyncIterable<string>): Promise<Pycsw> {
  const installed = await install(databaseUrl);
  const { bin, config, folder, home } = installed;
  await run(bin('python'), [bin('pycsw-admin.py'), '-c', 'setup_db', '-f', config]);
  await load(installed, records);
  await run(bin('python'), [bin('pycsw-admin.py'), '-c', 'optimize_db', '-f', config]);
  const port = await freePort();
  const server = spawn(bin('gunicorn'), ['-w', String(WORKERS), '-b', `127.0.0.1:${port}`, 'pycsw.wsgi:application'], {
    env: { ...process.env, PYCSW_CONFIG: config, PYCSW_ROOT: home },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}/`;
  await untilAnswers(url);
  const stop = async (): Promise<void> => {
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  return { url, stop };
}

async function install(databaseUrl: string): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), 'frombork-pycsw-'));
  const bin = (name: string): string => join(folder, 'venv', 'bin', name);
  await run('python3', ['-m', 'venv', join(folder, 'venv')]);
  await run(bin('pip'), ['-q', 'install', ...PACKAGES]);
  const { stdout } = await run(bin('python'), [
    '-W',
    'ignore',
    '-c',
    'import pycsw, os; print(os.path.dirname(pycsw.__file__))',
  ]);
  const home = stdout.trim();
  const config = join(folder, 'pycsw.cfg');
  await writeFile(config, settings(home, databaseUrl.replace(/^postgres:/, 'postgresql:')));
  return { folder, bin, config, home };
}

/** Reading a record takes pycsw some 10 ms: as many loaders as workers take turns. */
async function load({ bin, config }: Installed, records: AsyncIterable<string>): Promise<void> {
  const loaders = Array.from({ length: WORKERS }, () =>
    spawn(bin('python'), ['-W', 'ignore', resolve('test/bench/csw-peer/load.py'), config], {
      stdio: ['pipe', 'inherit', 'inherit'],
    }),
  );
  const ended = loaders.map((loader) => once(loader, 'exit') as Promise<[number]>);
  let turn = 0;
  for await (const record of records) {
    const { stdin } = loaders[turn++ % loaders.length]!;
    if (!stdin.write(`${JSON.stringify(record)}\n`)) await once(stdin, 'drain');
  }
  for (const { stdin } of loaders) stdin.end();
  const failed = (await Promise.all(ended)).find(([code]) => code !== 0);
  if (failed !== undefined) throw new Error(`loading pycsw ended with ${failed[0]}`);
}

async function untilAnswers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answered = await fetch(`${url}?service=CSW&version=2.0.2&request=GetCapabilities`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    await wait(200);
  }
  throw new Error('pycsw does not answer');
}

function settings(home: string, database: string): string {
  const metadata = ['title', 'abstract', 'keywords', 'keywords_type', 'fees', 'accessconstraints']
    .map((name) => `identification_${name}=none`)
    .concat(
      [
        'name',
        'position',
        'address',
        'city',
        'stateorprovince',
        'postalcode',
        'country',
        'phone',
        'fax',
        'email',
        'url',
      ]
        .concat('hours', 'instructions', 'role')
        .map((name) => `contact_${name}=none`),
    );
  return `[server]
home=${home}
url=http://127.0.0.1/
mimetype=application/xml; charset=UTF-8
encoding=UTF-8
language=en-US
maxrecords=100
pretty_print=false
profiles=apiso
[manager]
transactions=false
allowed_ips=127.0.0.1
[metadata:main]
${metadata.join('\n')}
provider_name=none
provider_url=http://127.0.0.1/
[repository]
database=${database.replaceAll('%', '%%')}
table=records
[metadata:inspire]
enabled=false
`;
}
