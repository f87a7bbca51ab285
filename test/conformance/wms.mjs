// npm run conformance -- wms [1.3, 1.1]: OGC's suites of WMS 1.3.0 and WMS 1.1.1 against the view service over the suites' own data (Blue Lake), drawn by
// GDAL. Needs Java 17, Maven, unzip, GDAL and PostgreSQL. The suites come from the folder CITE_SOURCES (ets-wms13, ets-wms11, cite1-utils), else by
// Git from their publisher. Nothing of them is kept in the project.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceOf } from './cite/cite-source.mjs';
import { runScripts, SCHEMAS, TEAM_ENGINE } from './cite/team-engine.mjs';
import { printVerdicts, writeReport } from './cite/write-report.mjs';
import { startView } from './view/start-view.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const WORK = join(dirname(dirname(HERE)), 'dist', 'tools', 'cite');

const versions = process.argv.length > 2 ? process.argv.slice(2) : ['1.3', '1.1'];
mkdirSync(WORK, { recursive: true });
const source13 = sourceOf('ets-wms13', WORK);
const view = await startView('blue-lake', join(source13, 'src', 'main', 'resources', 'data', 'shapefile'));
try {
  const suites = [];
  if (versions.includes('1.3')) suites.push(await suite13());
  if (versions.includes('1.1')) suites.push(await suite11());
  if (suites.length === 2) report(suites);
  printVerdicts(suites);
} finally {
  await view.stop();
}

function suite13() {
  return runScripts({
    name: 'wms13',
    source: source13,
    scripts: ['main-auto.xml'],
    suite: 'wms-1.3.0:ets-wms13-auto',
    parameters: {
      'capabilities-url': `${view.address}/wms?service=WMS&request=GetCapabilities&version=1.3.0`,
      updatesequence: 'auto',
      basic: 'basic',
      queryable: 'queryable',
      time: 'time',
      recommended: 'recommended',
    },
    work: WORK,
  });
}

function suite11() {
  return runScripts({
    name: 'wms11',
    source: sourceOf('ets-wms11', WORK),
    scripts: ['main-auto.xml'],
    suite: 'wms:main_auto',
    parameters: {
      'capabilities-url': `${view.address}/wms?service=WMS&request=GetCapabilities&version=1.1.1`,
      updatesequence: 'AUTO',
      profile: 'queryable',
      recommended: 'true',
      getfeatureinfo: 'false',
      feesconstraints: 'true',
      bboxconstraints: 'either',
    },
    work: WORK,
    java: [join(sourceOf('cite1-utils', WORK), 'src', 'main', 'java')],
    artifacts: ['jaxen:jaxen:1.0-FCS', 'saxpath:saxpath:1.0-FCS'],
  });
}

function report(suites) {
  writeReport(join(HERE, 'reports', 'wms.md'), {
    command: 'wms',
    title: "WMS 1.3.0 and WMS 1.1.1: OGC's conformance suites",
    about: `TEAM Engine ${TEAM_ENGINE} against the view service over the suites' own
data, each of their layers a collection. Of 1.3.0 what needs no data, basic, queryable, time and the recommendations; of 1.1.1 the queryable profile and the
recommendations.`,
    suites,
    notes: `
- The layers are pictures of the suites' shapefiles, drawn by GDAL; the collection of \\\`cite:Autos\\\` has a product for each instant.
- Left out: the elevation classes (no layer here has an elevation), and what the suites would ask a person to look at.
- Schemas come from Maven Central (${SCHEMAS.join(', ')}) by a proxy on the same machine; none is fetched while the suites run.`,
  });
}
