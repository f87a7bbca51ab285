import { MAP_RELATIONS, WEB_MAP_LINKS } from './map-links.js';

const schema = (extension: string, version: string): string =>
  `https://stac-extensions.github.io/${extension}/v${version}/schema.json`;

/** Extension by prefix of a field; a deprecated field brings the last version that still has it. */
const BY_PREFIX: Readonly<Record<string, string>> = {
  eo: schema('eo', '2.0.0'),
  sat: schema('sat', '1.1.0'),
  sar: schema('sar', '1.3.0'),
  proj: schema('projection', '2.0.0'),
  view: schema('view', '1.1.0'),
  mgrs: schema('mgrs', '1.0.0'),
  grid: schema('grid', '1.1.0'),
  processing: schema('processing', '1.2.0'),
  product: schema('product', '1.0.0'),
  file: schema('file', '2.1.0'),
  raster: schema('raster', '2.0.0'),
  storage: schema('storage', '2.0.0'),
  order: schema('order', '1.1.0'),
  s2: schema('sentinel-2', '1.0.0'),
  eopf: 'https://cs-si.github.io/eopf-stac-extension/v1.2.0/schema.json',
  wms: WEB_MAP_LINKS,
};

const BY_FIELD: Readonly<Record<string, string>> = {
  published: schema('timestamps', '1.1.0'),
  version: schema('version', '1.2.0'),
  alternate: schema('alternate-assets', '1.2.0'),
  'eo:bands': schema('eo', '1.1.0'),
  'raster:bands': schema('raster', '1.1.0'),
  'proj:epsg': schema('projection', '1.2.0'),
};

/** The `stac_extensions` of an item: those whose fields are in its properties, assets and links. */
export function extensionsOf(properties: object, assets: object, links: readonly object[]): readonly string[] {
  const isOnMaps = links.some((link) => 'rel' in link && MAP_RELATIONS.has(link.rel));
  const parts = [properties, ...Object.values(assets), ...links, ...(isOnMaps ? [{ 'wms:layers': [] }] : [])];
  const fields = fieldsOf(parts as readonly object[]);
  const chosen = new Map<string, string>();
  for (const field of fields) {
    const prefix = field.split(':', 1)[0] ?? field;
    const uri = BY_FIELD[field] ?? (field === prefix ? chosen.get(prefix) : (chosen.get(prefix) ?? BY_PREFIX[prefix]));
    if (uri !== undefined) chosen.set(prefix, uri);
  }
  return [...chosen.values()].toSorted();
}

function fieldsOf(parts: readonly object[]): readonly string[] {
  const fields = [...new Set(parts.flatMap((part) => Object.keys(part)))];
  // A category of timeliness without its duration is not what the Product extension defines.
  const undefinedTimeliness = fields.includes('product:timeliness_category') && !fields.includes('product:timeliness');
  return undefinedTimeliness ? fields.filter((field) => !field.startsWith('product:')) : fields;
}
