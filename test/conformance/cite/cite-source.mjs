// Where the suites of OGC CITE come from: the folder CITE_SOURCES (working trees or Git repositories), else their publisher.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The working tree of a suite, cloned into `work` where it is none. */
export function sourceOf(name, work) {
  const folder = process.env.CITE_SOURCES;
  const given =
    folder === undefined
      ? []
      : readdirSync(folder)
          .filter((entry) => entry.endsWith(name))
          .map((entry) => join(folder, entry));
  const [first] = given
    .flatMap((path) => [path, join(path, 'repo')])
    .filter((path) => existsSync(join(path, 'pom.xml')) || existsSync(join(path, 'HEAD')));
  if (first !== undefined && existsSync(join(first, 'pom.xml'))) return first;
  const target = join(work, name);
  if (!existsSync(join(target, 'pom.xml'))) {
    const from = first ?? `https://github.com/opengeospatial/${name}.git`;
    run('git', ['clone', '--quiet', '--depth', '1', from, target], work);
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
