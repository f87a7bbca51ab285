import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Git mirrors of the standards' schemas, by the repository they are of; nothing of them is in the project. */
const SOURCES = process.env['SCHEMA_SOURCES'] ?? '../.mirror';
const OGC = { repository: 'highsource+ogc-schemas', path: 'schemas/src/main/resources-original/ogc' };
const XLINK = { repository: 'highsource+ogc-schemas', path: 'demos/wms/1.3.0/schemas/w3c' };
const INSPIRE = { repository: 'INSPIRE-MIF+application-schemas', path: 'schemas' };

/** Schemas of standards on disk, and a validator that finds them by their public addresses and never asks the network. */
export interface StandardSchemas {
  /** What is wrong with a document after a schema or, without one, its document type; empty where it is valid. */
  faults(document: string, schema?: string): string;
  remove(): void;
}

/** Undefined, with a word on why, where the schemas or xmllint are not here. `folders` are those of schemas.opengis.net that are needed. */
export function openStandardSchemas(folders: readonly string[]): StandardSchemas | undefined {
  const wanted = [OGC, XLINK, INSPIRE].map(({ repository }) => join(SOURCES, repository, 'repo'));
  if (!wanted.every((path) => existsSync(path)) || spawnSync('xmllint', ['--version']).status !== 0) {
    console.warn('skipped: the schemas of the standards, or xmllint, are not here');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'frombork-schemas-'));
  for (const name of folders) extract(folder, OGC.repository, `${OGC.path}/${name}`);
  extract(folder, XLINK.repository, XLINK.path);
  for (const name of ['common/1.0', 'inspire_vs/1.0']) extract(folder, INSPIRE.repository, `${INSPIRE.path}/${name}`);
  const catalog = join(folder, 'catalog.xml');
  writeFileSync(catalog, catalogOf(folder));
  return {
    faults: (document, schema) => validate(document, schema, catalog),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function extract(folder: string, repository: string, path: string): void {
  const git = ['--git-dir', join(SOURCES, repository, 'repo'), 'archive', `--prefix=${path}/`, `HEAD:${path}`];
  const archive = execFileSync('git', git, { maxBuffer: 256 << 20 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
}

function catalogOf(folder: string): string {
  const places = [
    ['schemas.opengis.net/', `${folder}/${OGC.path}/`],
    ['www.w3.org/1999/', `${folder}/${XLINK.path}/1999/`],
    ['www.w3.org/2001/', `${folder}/${XLINK.path}/2001/`],
    ['inspire.ec.europa.eu/schemas/', `${folder}/${INSPIRE.path}/`],
  ];
  const rewrites = places.flatMap(([address, to]) =>
    ['http', 'https'].flatMap((scheme) => [
      `<rewriteSystem systemIdStartString="${scheme}://${address}" rewritePrefix="file://${to}"/>`,
      `<rewriteURI uriStartString="${scheme}://${address}" rewritePrefix="file://${to}"/>`,
    ]),
  );
  return `<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">${rewrites.join('')}</catalog>`;
}

function validate(document: string, schema: string | undefined, catalog: string): string {
  const how = schema === undefined ? ['--valid'] : ['--schema', schema];
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', ...how, '-'], {
    input: document,
    encoding: 'utf8',
    env: { ...process.env, XML_CATALOG_FILES: catalog },
  });
  return status === 0 ? '' : stderr;
}
