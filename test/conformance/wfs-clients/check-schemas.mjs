// Every document of WFS, validated by xmllint against OGC's schemas: those of OGC_SCHEMAS (a Git repository or a working tree of highsource/ogc-schemas),
// else cloned. Nothing of them is kept in the project.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = 'https://github.com/highsource/ogc-schemas.git';
const INSIDE = 'schemas/src/main/resources-original';
const WANTED = ['wfs', 'filter', 'gml', 'ows', 'xlink', 'iso'].map((name) => `${INSIDE}/ogc/${name}`);
const W3C = 'demos/csw/2.0.2/schemas/w3c';
const VERSIONS = {
  '2.0.0': { schema: 'wfs/2.0/wfs.xsd', namespace: 'http://www.opengis.net/wfs/2.0' },
  '1.1.0': { schema: 'wfs/1.1.0/wfs.xsd', namespace: 'http://www.opengis.net/wfs' },
};

/** Whether all documents are valid; says which. */
export async function checkSchemas(address, work) {
  const schemas = unpackSchemas(work);
  let isValid = true;
  for (const [version, { schema, namespace }] of Object.entries(VERSIONS)) {
    const get = async (parameters) => {
      const query = new URLSearchParams({ SERVICE: 'WFS', VERSION: version, ...parameters });
      return (await fetch(`${address}/wfs?${query}`)).text();
    };
    const types = await get({ REQUEST: 'DescribeFeatureType' });
    writeFileSync(join(work, 'features.xsd'), local(types, schemas));
    writeFileSync(
      join(work, 'all.xsd'),
      `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"><xsd:import namespace="${namespace}" schemaLocation="file://${schemas}/ogc/${schema}"/><xsd:import namespace="urn:frombork:wfs:1.0" schemaLocation="features.xsd"/></xsd:schema>`,
    );
    for (const [name, parameters] of Object.entries(documentsOf(version))) {
      const file = join(work, 'document.xml');
      writeFileSync(file, await get(parameters));
      const { status, stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', join(work, 'all.xsd'), file], {
        encoding: 'utf8',
      });
      console.log(
        `${status === 0 ? 'ok    ' : 'FAILED'} ${version}: ${name}${status === 0 ? '' : `\n${stderr.slice(0, 2000)}`}`,
      );
      isValid &&= status === 0;
    }
  }
  return isValid;
}

function documentsOf(version) {
  const feature = { REQUEST: 'GetFeature', TYPENAME: 'sentinel-2-l2a', TYPENAMES: 'sentinel-2-l2a' };
  const radar = { ...feature, TYPENAME: 'sentinel-1-grd', TYPENAMES: 'sentinel-1-grd' };
  const both = {
    capabilities: { REQUEST: 'GetCapabilities' },
    features: feature,
    'features with lists': radar,
    'features in a zone': { ...feature, SRSNAME: 'urn:ogc:def:crs:EPSG::32633' },
    'the number of features': { ...feature, RESULTTYPE: 'hits' },
    'no features': { ...feature, BBOX: '0,0,1,1' },
  };
  if (version === '1.1.0') return both;
  return {
    ...both,
    'a page of features': { ...feature, COUNT: '1', STARTINDEX: '1' },
    'stored queries': { REQUEST: 'ListStoredQueries' },
    'descriptions of stored queries': { REQUEST: 'DescribeStoredQueries' },
  };
}

/** The schemas in `work`, their references to each other made those of files. */
function unpackSchemas(work) {
  const folder = join(work, 'ogc-schemas');
  const schemas = join(folder, INSIDE);
  if (!existsSync(schemas)) {
    const given = process.env.OGC_SCHEMAS;
    const source = given ?? join(work, 'ogc-schemas.git');
    if (given === undefined && !existsSync(source)) {
      execFileSync('git', ['clone', '--quiet', '--bare', '--depth', '1', SOURCE, source], { stdio: 'inherit' });
    }
    mkdirSync(folder, { recursive: true });
    const archive = execFileSync('git', ['-C', source, 'archive', 'HEAD', ...WANTED, W3C], {
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    execFileSync('tar', ['-x', '-C', folder], { input: archive });
    for (const file of filesIn(folder)) writeFileSync(file, local(readFileSync(file, 'utf8'), schemas));
  }
  return schemas;
}

function filesIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesIn(path);
    return name.endsWith('.xsd') ? [path] : [];
  });
}

function local(text, schemas) {
  const w3c = schemas.replace(INSIDE, W3C);
  return text
    .replaceAll('schemaLocation="http://schemas.opengis.net/', `schemaLocation="file://${schemas}/ogc/`)
    .replaceAll('schemaLocation="http://www.w3.org/', `schemaLocation="file://${w3c}/`)
    .replaceAll(
      'schemaLocation="http://www.isotc211.org/2005/',
      `schemaLocation="file://${schemas}/ogc/iso/19139/20070417/`,
    );
}
