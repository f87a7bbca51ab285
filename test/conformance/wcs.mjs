// npm run conformance -- wcs [2.0, 1.1]: OGC's suites of WCS 2.0.1 (core, extensions, Earth observation profile) and WCS 1.1.1 against the view service
// over a small archive. Needs Java 17, Maven, unzip and PostgreSQL. The suites come from the folder CITE_SOURCES (ets-wcs20, ets-wcs11), else by Git
// from their publisher. Nothing of them is kept in the project.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceOf } from './cite/cite-source.mjs';
import { runScripts, SCHEMAS, TEAM_ENGINE } from './cite/team-engine.mjs';
import { contest, printVerdicts, writeReport } from './cite/write-report.mjs';
import { startView } from './view/start-view.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const WORK = join(dirname(dirname(HERE)), 'dist', 'tools', 'cite');

const KEPT = {
  'wcs2:get-scal-req3-kvp':
    'wants a GridCoverage, one without place on Earth, and a RectifiedGridCoverage in the capabilities. No capabilities satisfy this suite whole: its class of the Earth observation profile (wcseo:req37, after OGC 10-140r2 table 8) refuses every coverage there that is none of RectifiedDataset, ReferenceableDataset and the stitched mosaics. What this one would try of them, ScaleFactor, the other tests of scaling try.',
};

const versions = process.argv.length > 2 ? process.argv.slice(2) : ['2.0', '1.1'];
mkdirSync(WORK, { recursive: true });
const view = await startView('coverages');
try {
  const suites = [];
  if (versions.includes('2.0')) suites.push(contest(await suite20(), KEPT));
  if (versions.includes('1.1')) suites.push(await suite11());
  if (suites.length === 2) report(suites);
  printVerdicts(suites);
} finally {
  await view.stop();
}

function suite20() {
  const source = sourceOf('ets-wcs20', WORK);
  return runScripts({
    name: 'wcs20',
    source,
    scripts: ['wcs2suite-auto.xml'],
    suite: 'wcs2:ets-wcs20-auto',
    parameters: {
      url: `${view.address}/wcs?service=WCS&request=GetCapabilities`,
      core: 'core',
      ext_post: 'post',
      ext_scal: 'scaling',
      ext_int: 'interpolation',
      ext_rsub: 'range subsetting',
      ext_crs: 'crs',
      profile_eowcs: 'eowcs',
    },
    work: WORK,
    java: [join(source, 'src', 'main', 'java')],
    artifacts: [
      'org.locationtech.jts:jts-core:1.20.0',
      'org.locationtech.proj4j:proj4j:1.3.0',
      'org.locationtech.proj4j:proj4j-epsg:1.3.0',
    ],
  });
}

function suite11() {
  return runScripts({
    name: 'wcs11',
    source: sourceOf('ets-wcs11', WORK),
    // The suite's variant without forms loses the answers to its second one.
    scripts: ['wcs.xml'],
    suite: 'wcs:suite',
    forms: [
      { url: `${view.address}/wcs?service=WCS&request=GetCapabilities&version=1.1.1` },
      {
        MinimalValue: '0001-01-01T00:00:00.000Z',
        MaximalValue: '9999-12-31T23:59:59.999Z',
        BogusValue: 'bogus',
      },
    ],
    work: WORK,
  });
}

function report(suites) {
  writeReport(join(HERE, 'reports', 'wcs.md'), {
    command: 'wcs',
    title: "WCS 2.0.1 and WCS 1.1.1: OGC's conformance suites",
    about: `TEAM Engine ${TEAM_ENGINE} against the view service over three small products. Of
2.0.1 the core, POST of XML, scaling, interpolation, range subsetting, coordinate systems and the Earth observation profile.`,
    suites,
    notes: `
- Schemas come from Maven Central (${SCHEMAS.join(', ')}) by a proxy on the same machine; none is fetched while the suites run.
- Coordinate systems, which the suite of 2.0.1 wants resolved by their addresses, come from the registry of GDAL by the same proxy.
- The class of processing (WCPS) is left out: it is not offered.`,
  });
}
