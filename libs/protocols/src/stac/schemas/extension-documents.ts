import type { ExtensionSchema, FieldPlace } from './extension-schema.js';
import { ONLY_FIELDS } from './only-fields.js';
import { listOf, type Fields, type JsonSchema } from './json-schema.js';

/** The JSON Schema an Item with the extension is valid against. */
export function itemSchemaOf(extension: ExtensionSchema): JsonSchema {
  return {
    type: 'object',
    properties: {
      properties: place(extension, 'properties'),
      assets: { additionalProperties: place(extension, 'assets') },
      links: { items: place(extension, 'links') },
    },
  };
}

/** The JSON Schema a Collection with the extension is valid against. */
export function collectionSchemaOf(extension: ExtensionSchema): JsonSchema {
  const isApart = extension.tables.some((table) => table.in.includes('item_assets'));
  return {
    type: 'object',
    allOf: [place(extension, 'collection')],
    properties: {
      assets: { additionalProperties: place(extension, 'assets') },
      item_assets: { additionalProperties: place(extension, isApart ? 'item_assets' : 'assets') },
      links: { items: place(extension, 'links') },
      summaries: { properties: mapFields(fieldsIn(extension, 'summaries'), summaryOf) },
    },
  };
}

/** What stands in a place: the fields there, no others of the extension, and their bands. */
function place(extension: ExtensionSchema, name: FieldPlace): JsonSchema {
  const fields = fieldsIn(extension, name);
  if (Object.keys(fields).length === 0) return true;
  const isBanded = name !== 'bands' && extension.tables.some((table) => table.in.includes('bands'));
  return {
    type: 'object',
    properties: isBanded ? { ...fields, bands: { items: place(extension, 'bands') } } : fields,
    ...(extension.prefix === undefined ? {} : { [ONLY_FIELDS]: [extension.prefix, ...Object.keys(fields)] }),
    dependencies: dependenciesAmong(fields, extension.dependencies),
  };
}

function fieldsIn({ tables }: ExtensionSchema, name: FieldPlace): Fields {
  return Object.assign({}, ...tables.filter((table) => table.in.includes(name)).map(({ fields }) => fields)) as Fields;
}

function dependenciesAmong(fields: Fields, all: ExtensionSchema['dependencies'] = {}): object {
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in fields));
}

/** Values of a summary are of the field's kind; ranges and schemas are not looked into. */
function summaryOf(field: JsonSchema): JsonSchema {
  return { anyOf: [listOf(field), { type: 'object' }], description: 'a list of such values, a range or a JSON Schema' };
}

function mapFields(fields: Fields, map: (field: JsonSchema) => JsonSchema): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, map(field)]));
}
