import type { Filter } from '#domain/catalog/catalog-query.js';
import type { Product } from '#domain/product/product.js';
import { allOf, anyOf, FALSE } from './combine-filters.js';
import { like, type SearchableField, type TextMatch } from './searchable-field.js';

/** CDSE's names end in the folder or file extension, our ids do not; which one follows from the mission. */
const EXTENSIONS: readonly { readonly extension: string; readonly missions: readonly string[] }[] = [
  { extension: '.SAFE', missions: ['S1', 'S2'] },
  { extension: '.SEN3', missions: ['S3'] },
  { extension: '.nc', missions: ['S5P'] },
];

/** The name of a product as CDSE and DHuS files have it, e.g. `S2A_….SAFE`. */
export function productName({ id, content }: Pick<Product, 'id' | 'content'>): string {
  const file = content?.fileName.replace(/\.zip$/i, '');
  return file?.startsWith(id) === true ? file : nameOfId(id);
}

/** The same where only the id is left, as of a removed product. */
export function nameOfId(id: string): string {
  const known = EXTENSIONS.find(({ missions }) => missions.some((mission) => id.startsWith(mission)));
  return known === undefined ? id : `${id}${known.extension}`;
}

/** The id in a name: without the extension, if it has one. */
export function idOfName(name: string): string {
  const known = EXTENSIONS.find(({ extension }) => name.endsWith(extension));
  return known === undefined ? name : name.slice(0, -known.extension.length);
}

/** `Name`: with or without the extension. */
export const PRODUCT_NAME_FIELD: SearchableField = {
  isNull: FALSE,
  sortBy: 'id',
  compare: (op, value, folds) => ({
    op,
    property: 'id',
    value: idOfName(String(value.value)),
    ...(folds ? { caseInsensitive: true } : {}),
  }),
  matches: (how, text, folds) =>
    anyOf([like('id', { how, text, folds }), ...EXTENSIONS.map((known) => matchesInto(known, { how, text, folds }))]),
};

/** The part of the text before the extension ends the id. */
function matchesInto(
  { extension, missions }: (typeof EXTENSIONS)[number],
  { how, text, folds }: { readonly how: TextMatch; readonly text: string; readonly folds: boolean },
): Filter {
  const inExtension = lengthInto(text, folds ? extension.toLowerCase() : extension, how);
  if (inExtension === 0) return FALSE;
  const ending = text.slice(0, text.length - inExtension);
  const id: Filter =
    how === 'startswith'
      ? { op: 'eq', property: 'id', value: ending, ...(folds ? { caseInsensitive: true } : {}) }
      : like('id', { how: 'endswith', text: ending, folds });
  const ofMission = anyOf(missions.map((mission) => like('id', { how: 'startswith', text: mission, folds: false })));
  return ending === '' && how !== 'startswith' ? ofMission : allOf([id, ofMission]);
}

/** How many characters at the end of the text are a beginning of the extension; all of it where the name ends there. */
function lengthInto(text: string, extension: string, how: TextMatch): number {
  const shortest = how === 'endswith' ? extension.length : 1;
  for (let length = extension.length; length >= shortest; length--) {
    if (text.endsWith(extension.slice(0, length))) return length;
  }
  return 0;
}
