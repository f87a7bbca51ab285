// Builds STAC Browser from its source, once.
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { sourceOf } from '../cite/cite-source.mjs';

/** The release that is built. */
export const RELEASE = 'v5.0.0';

const SOURCE = { publisher: 'https://github.com/radiantearth', mark: 'package.json', tag: RELEASE };

/** The working tree of the release, with `dist` built and its packages (which bring what drives a browser) installed. */
export function buildBrowser(work) {
  const source = sourceOf('stac-browser', work, SOURCE);
  if (existsSync(join(source, 'dist', 'index.html'))) return source;
  // Its scripts call `node`, which has to be the one of the project.
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  run('npx', ['vite', 'build', '--mode', 'minimal', '--logLevel=error']);
  return source;

  function run(command, args) {
    const { status, error } = spawnSync(command, args, { cwd: source, env, stdio: 'inherit' });
    if (status !== 0) throw error ?? new Error(`${command} ${args[0]} ended with ${status}`);
  }
}
