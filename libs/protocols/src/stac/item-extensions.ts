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
  const fields = fieldsOf(properties, assets, links);
  // A category of timeliness without its duration is not what the Product extension defines.
  const isTimelinessUndefined = fields.has('product:timeliness_category') && !fields.has('product:timeliness');
  const chosen = new Map<string, string>();
  for (const field of fields) {
    const { prefix, usual, own } = schemasOf(field);
    if (isTimelinessUndefined && prefix === 'product') continue;
    const uri = own ?? chosen.get(prefix) ?? usual;
    if (uri !== undefined) chosen.set(prefix, uri);
  }
  return [...chosen.values()].toSorted();
}

function fieldsOf(properties: object, assets: object, links: readonly object[]): ReadonlySet<string> {
  const fields = new Set(Object.keys(properties));
  for (const part of Object.values(assets) as readonly object[]) addFields(part, fields);
  for (const link of links) addFields(link, fields);
  if (links.some((link) => 'rel' in link && MAP_RELATIONS.has(link.rel))) fields.add('wms:layers');
  return fields;
}

function addFields(part: object, fields: Set<string>): void {
  for (const field of Object.keys(part)) fields.add(field);
}

/** The extension that has a field of this very name, and the one that has those of its prefix. */
interface FieldSchemas {
  readonly prefix: string;
  readonly own: string | undefined;
  readonly usual: string | undefined;
}

/** The same fields come with every item. */
const KNOWN = new Map<string, FieldSchemas>();
const MOST_KNOWN = 2_000;

function schemasOf(field: string): FieldSchemas {
  const known = KNOWN.get(field);
  if (known !== undefined) return known;
  const colon = field.indexOf(':');
  const prefix = colon < 0 ? field : field.slice(0, colon);
  const schemas = {
    prefix,
    own: Object.hasOwn(BY_FIELD, field) ? BY_FIELD[field] : undefined,
    usual: colon >= 0 && Object.hasOwn(BY_PREFIX, prefix) ? BY_PREFIX[prefix] : undefined,
  };
  if (KNOWN.size < MOST_KNOWN) KNOWN.set(field, schemas);
  return schemas;
}
