// Java that a suite comes with, compiled.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './cite-source.mjs';

/** Compiles all sources of the folders into one of classes, which is given. */
export function compileJava({ name, folders, classPath, work }) {
  const classes = join(work, `${name}-classes`);
  rmSync(classes, { recursive: true, force: true });
  mkdirSync(classes, { recursive: true });
  const files = folders.flatMap(javaFiles);
  if (files.length > 0) run('javac', ['-nowarn', '-d', classes, '-cp', classPath, ...files], work);
  return classes;
}

/** A suite's door into TEAM Engine's web pages, of which a part is published nowhere. */
const LEFT_OUT = /(?:package-info|CtlController)\.java$/;

function javaFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.java') && !LEFT_OUT.test(file))
    .map((file) => join(folder, file));
}
