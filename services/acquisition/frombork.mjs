#!/usr/bin/env node
// The operators' command: runs the built client on the project's own Node, whatever Node started us.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const MAIN = join(ROOT, 'dist', 'services', 'acquisition', 'src', 'cli.js');
const NODE = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (!existsSync(MAIN)) {
  console.error('Frombork is not built yet: run "npm start" or "npm run build" once.');
  process.exit(1);
}
const child = spawn(existsSync(NODE) ? NODE : process.execPath, [MAIN, ...process.argv.slice(2)], { stdio: 'inherit' });
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)));
