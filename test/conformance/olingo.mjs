// npm run conformance -- olingo <url of /dhus>: the sequence of a DHuS synchroniser with the OData library it uses (Apache Olingo 2, from Maven Central),
// against a running mirror with at least one product online. Needs a JDK 17 and Maven.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const WORK = join(dirname(dirname(HERE)), 'dist', 'tools', 'olingo');
const [url] = process.argv.slice(2);
if (url === undefined) {
  console.error('npm run conformance -- olingo <url of /dhus>');
  process.exit(1);
}
mkdirSync(WORK, { recursive: true });
cpSync(join(HERE, 'olingo'), WORK, { recursive: true });
run('mvn', ['-q', '-B', 'compile', 'dependency:copy-dependencies', '-DoutputDirectory=target/libraries']);
run('java', ['-cp', ['target/classes', 'target/libraries/*'].join(':'), 'SynchroniserCheck', url.replace(/\/+$/, '')]);

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: WORK, stdio: 'inherit' });
  if (status === 0) return;
  console.error(error?.message ?? `${command} ended with ${status}`);
  process.exit(1);
}
