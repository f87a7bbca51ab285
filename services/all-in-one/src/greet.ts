import type { PlatformConfig } from '#platform/platform.config.js';

/** Tells a person at the terminal where to look and what to try. */
export function greet(url: string, config: PlatformConfig & { readonly FROMBORK_DEMO?: string }): void {
  const base = config.PUBLIC_URL ?? url;
  const lines = [
    '',
    `  Frombork is running: ${base}/`,
    '',
    `  archive      ${base}/                        what is in it, on a map`,
    `  STAC         ${base}/stac                    pystac-client, QGIS, STAC Browser`,
    `  OpenSearch   ${base}/opensearch/description.xml`,
    `  WMS          ${base}/wms?SERVICE=WMS&REQUEST=GetCapabilities`,
    `  downloads    ${base}/dl/<collection>/<id>/<file>`,
    '',
    '  Try:',
    `    curl '${base}/stac/search?collections=sentinel-2-l1c&limit=1'`,
    `    gdalinfo 'WMS:${base}/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities'`,
    '    npx frombork ingest <S1, S2 or S3 folder or zip, S5P .nc, STAC Item>',
    '',
    ...(config.FROMBORK_DEMO === '0'
      ? []
      : [
          '  The demo archive is made and taken in now (about 60 products over Germany); FROMBORK_DEMO=0 leaves it out.',
          '',
        ]),
    `  Everything is kept in ${config.FROMBORK_DATA}. Stop with Ctrl+C.`,
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
