// npm run conformance -- wmts: OGC's suite of WMTS 1.0.0 against the view service over a small archive. Needs Java 17, Maven, unzip and PostgreSQL. The
// suite comes from the folder CITE_SOURCES (ets-wmts10), else by Git from its publisher. Nothing of it is kept in the project.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceOf } from './cite/cite-source.mjs';
import { runScripts, SCHEMAS, TEAM_ENGINE } from './cite/team-engine.mjs';
import { explain, printVerdicts, writeReport } from './cite/write-report.mjs';
import { startView } from './view/start-view.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const WORK = join(dirname(dirname(HERE)), 'dist', 'tools', 'cite');

const LIMITS =
  'wants a layer with limits of tiles. None are told: the published schema refuses limits that begin at 0, as those of the coarse matrices do. Tiles beside a layer are empty; those beside a matrix are refused, as the suite tries too.';
const DIMENSIONS =
  'wants a layer with two dimensions or more. Layers here have one, Time, which other tests of the suite try.';
const STYLE =
  'looks for {style} in the templates. They have {Style}, as the text of the standard spells it (OGC 07-057r7 §10.2.1) and as OWSLib wants it; that an unknown style is 404 is tested here.';
/** What is not offered, and so not tried. */
const LEFT_OUT = {
  'wmts:Server.KVP.GET.GetCapabilities.Request.Sections.Missing':
    'wants SECTIONS without a value refused. It is taken as if it were not there, for clients that leave the fields of a form empty.',
  'wmts:Server.KVP.GET.GetFeatureInfo.NonQueryable.Layer':
    'wants a layer that tells nothing of its pixels. All here do.',
  'wmts:Server.RESTful.GetTile.Invalid.Tile.Style': STYLE,
  'wmts:Server.RESTful.GetFeatureInfo.Invalid.Tile.Style': STYLE,
  ...Object.fromEntries(
    ['KVP.GET', 'RESTful'].flatMap((binding) =>
      ['GetTile', 'GetFeatureInfo'].flatMap((operation) => [
        [`wmts:Server.${binding}.${operation}.Optional`, DIMENSIONS],
        [`wmts:Server.${binding}.${operation}.Invalid.Tile.Row.TileMatrixSetLimits`, LIMITS],
        [`wmts:Server.${binding}.${operation}.Invalid.Tile.Col.TileMatrixSetLimits`, LIMITS],
      ]),
    ),
  ),
};

mkdirSync(WORK, { recursive: true });
const source = sourceOf('ets-wmts10', WORK);
const view = await startView('coverages');
try {
  const result = await runScripts({
    name: 'wmts10',
    source,
    scripts: ['WMTS_ETS.xml', 'wmts-auto.xml'],
    suite: 'wmts:server.suite.base',
    forms: [
      {
        'capabilities-url': `${view.address}/wmts?service=WMTS&request=GetCapabilities`,
        'fail-early': 'off',
        'include-CommonOperations-tests': 'on',
        'include-GetCapabilities-tests': 'on',
        'include-GetTile-tests': 'on',
        'include-GetFeatureInfo-tests': 'on',
        'include-kvp-get-encoding': 'on',
        'include-restful-encoding': 'on',
      },
    ],
    work: WORK,
  });
  const suite = explain(result, LEFT_OUT);
  writeReport(join(HERE, 'reports', 'wmts.md'), {
    command: 'wmts',
    title: "WMTS 1.0.0: OGC's conformance suite",
    about: `TEAM Engine ${TEAM_ENGINE} against the view service over three small products.
All classes of the suite: common operations, GetCapabilities, GetTile, GetFeatureInfo, by key-value pairs and by RESTful addresses.`,
    suites: [suite],
    notes: `
- Schemas come from Maven Central (${SCHEMAS.join(', ')}) by a proxy on the same machine; none is fetched while the suite runs.`,
  });
  printVerdicts([suite]);
} finally {
  await view.stop();
}
