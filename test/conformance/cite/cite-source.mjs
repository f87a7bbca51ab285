// Where suites and clients that are built from source come from: the folder CITE_SOURCES (working trees or Git repositories), else their publisher.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What the suites of OGC CITE have in common. */
const CITE = { publisher: 'https://github.com/opengeospatial', mark: 'pom.xml' };

/** The working tree of a suite or client, cloned into `work` where it is none; `mark` is a file it has, `tag` a release of it. */
export function sourceOf(name, work, { publisher, mark, tag } = CITE) {
  const folder = process.env.CITE_SOURCES;
  const given =
    folder === undefined
      ? []
      : readdirSync(folder)
          .filter((entry) => entry.endsWith(name))
          .map((entry) => join(folder, entry));
  const [first] = given
    .flatMap((path) => [path, join(path, 'repo')])
    .filter((path) => existsSync(join(path, mark)) || existsSync(join(path, 'HEAD')));
  if (first !== undefined && tag === undefined && existsSync(join(first, mark))) return first;
  const target = join(work, name);
  if (!existsSync(join(target, mark))) {
    const from = first ?? `${publisher}/${name}.git`;
    run('git', ['clone', '--quiet', ...(tag === undefined ? ['--depth', '1'] : ['--branch', tag]), from, target], work);
  }
  return target;
}

/** Runs a program to its end and gives what it printed; throws with its last words where it fails. */
export function run(command, args, cwd) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`);
  return stdout;
}
