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

const OWN_TESTS = 'services/view/src/wcs/wcs-extensions.int.spec.ts';

/** What no capabilities could pass together with the rest of the suite. */
const CONTRADICTED = {
  'wcs2:get-scal-req3-kvp': {
    says: '[FAILURE] The service should offer at least one GridCoverage. [FAILURE] The service should offer at least one RectifiedGridCoverageId.',
    reason: `contradicts \`wcseo:req37\` of the same suite. Both read the answer to the same request, GetCapabilities with ACCEPTVERSIONS=2.0.1. This one (ext_get-scal.xml) fails without a CoverageSummary whose CoverageSubtype is GridCoverage and one whose is RectifiedGridCoverage; \`wcseo:req37\` (eowcs_Capabilities.xml, after OGC 10-140r2 table 8) fails for every CoverageSummary in Contents whose CoverageSubtype is none of RectifiedDataset, RectifiedStitchedMosaic and ReferenceableStitchedMosaic. OGC 12-039 requirement 3 says of which types a coverage that is scaled is, not which there have to be; and a GridCoverage is a grid without place on Earth (OGC 09-146r2), of which this archive has none. What it would assert then, that SCALEFACTOR=2.0 gives a coverage and no exception, is asserted by ${OWN_TESTS} of every coverage that is listed and of mosaics, by key-value pairs, XML and SOAP.`,
  },
};

const versions = process.argv.length > 2 ? process.argv.slice(2) : ['2.0', '1.1'];
mkdirSync(WORK, { recursive: true });
const view = await startView('coverages');
try {
  const suites = [];
  if (versions.includes('2.0')) suites.push(contest(await suite20(), CONTRADICTED));
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
${partly(suites[0])}
- Schemas come from Maven Central (${SCHEMAS.join(', ')}) by a proxy on the same machine; none is fetched while the suites run.
- Coordinate systems, which the suite of 2.0.1 wants resolved by their addresses, come from the registry of GDAL by the same proxy.
- The class of processing (WCPS) is left out: it is not offered.`,
  });
}

/** Tests that ask less of a service whose coverages are not GML by themselves. */
function partly({ name, partly: tests }) {
  const names = [...tests].map((test) => test.replace('wcs2:', ''));
  return `- ${names.length} tests of ${name} say that they pass over GetCoverage, or its answers, where coverages are not GML:
  ${names.join(', ')}. What they pass over is asked of GeoTIFF, by every binding, in ${OWN_TESTS} and wcs.int.spec.ts beside it.`;
}
