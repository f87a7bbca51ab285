import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectNode } from '../../../services/all-in-one/ensure-installed.mjs';
import { haveImage, importImage, tryDocker } from './docker.mjs';

const OFFICIAL = 'node:24-bookworm-slim';
const STAND_IN = 'frombork/node-stand-in:24-bookworm';

/** The image to build on: the official one, else a stand-in of Debian, the project's Node and this machine's npm. */
export function nodeImage(root) {
  if (haveImage(OFFICIAL)) return OFFICIAL;
  console.log(
    `${OFFICIAL} is neither present nor can it be pulled: standing in ${STAND_IN} (debootstrap, Node 24, npm)`,
  );
  if (tryDocker('image', 'inspect', STAND_IN).status !== 0) makeStandIn(root);
  return STAND_IN;
}

function makeStandIn(root) {
  const folder = mkdtempSync(join(tmpdir(), 'frombork-image-'));
  try {
    const made = spawnSync('debootstrap', ['--variant=minbase', 'bookworm', folder], { encoding: 'utf8' });
    if (made.status !== 0)
      throw new Error('The stand-in needs debootstrap (Debian package) and root; or give the engine a registry');
    const local = join(folder, 'usr', 'local');
    cpSync(projectNode(root), join(local, 'bin', 'node'));
    const npm = process.env.npm_execpath;
    if (npm === undefined) throw new Error('Run it by npm: npm run conformance -- images');
    cpSync(dirname(dirname(npm)), join(local, 'lib', 'node_modules', 'npm'), { recursive: true });
    for (const name of ['npm', 'npx'])
      symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, 'bin', name));
    importImage(folder, STAND_IN, 'CMD ["node"]');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
