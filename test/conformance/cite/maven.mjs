// What the suites need of Maven Central: jars for a class path, and jars unpacked.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './cite-source.mjs';

/** The class path of those artifacts (`group:artifact:version`) and all they need; Maven fetches what is not there. */
export function classPathOf(name, artifacts, work) {
  const folder = join(work, `classpath-${name}`);
  const file = join(folder, 'classpath.txt');
  const pom = pomOf(name, artifacts);
  const kept = join(folder, 'pom.xml');
  if (existsSync(file) && readFileSync(kept, 'utf8') === pom) return readFileSync(file, 'utf8').trim();
  mkdirSync(folder, { recursive: true });
  writeFileSync(kept, pom);
  run('mvn', ['-q', '-B', 'dependency:build-classpath', `-Dmdep.outputFile=${file}`], folder);
  return readFileSync(file, 'utf8').trim();
}

function pomOf(name, artifacts) {
  const dependencies = artifacts
    .map((text) => text.split(':'))
    .map(
      ([group, artifact, version]) =>
        `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
    );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>frombork</groupId><artifactId>${name}</artifactId><version>1</version><packaging>pom</packaging><dependencies>
${dependencies.join('\n')}
</dependencies></project>`;
}

/** The jar of an artifact in a class path. */
export function jarOf(classPath, artifact) {
  return classPath.split(delimiter).find((jar) => new RegExp(`[/\\\\]${artifact}-\\d[^/\\\\]*\\.jar$`).test(jar));
}
