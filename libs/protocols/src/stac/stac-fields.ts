import type { StacItem } from './item.js';

/** The fields of items that are wanted, as paths of names. */
export interface FieldSelection {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** What makes an Item valid: these come unless they are excluded (STAC API Fields extension §Include/Exclude Semantics). */
const DEFAULTS = 'id type geometry bbox links assets properties.datetime stac_version collection'.split(' ');

/** `fields` of a GET: `id,-geometry,+properties`; a `+` sent unencoded arrives as a blank. */
export function parseFields(text: string): FieldSelection {
  const names = text.split(',').map((part) => part.trim());
  const named = names.filter((name) => name !== '' && name !== '-' && name !== '+');
  return {
    include: named.filter((name) => !name.startsWith('-')).map((name) => name.replace(/^\+/, '')),
    exclude: named.filter((name) => name.startsWith('-')).map((name) => name.slice(1)),
  };
}

/**
 * The item with the fields wanted: the defaults and those included, without those excluded. A name may leave out `properties.`; a property whose name has
 * dots is found by its whole name.
 */
export function selectFields(item: StacItem, { include, exclude }: FieldSelection): object {
  const whole = item as unknown as Tree;
  const selected = [...DEFAULTS, ...include].reduce<Tree>((tree, name) => {
    const path = pathOf(whole, name);
    return path === undefined ? tree : withField(tree, path, whole);
  }, {});
  return exclude.reduce<Tree>((tree, name) => {
    const path = pathOf(whole, name);
    return path === undefined ? tree : withoutField(tree, path);
  }, selected);
}

interface Tree {
  readonly [name: string]: unknown;
}

function pathOf(item: Tree, name: string): readonly string[] | undefined {
  return findPath(item, name) ?? findPath(item, `properties.${name}`);
}

/** The names on the way to a field that is there; undefined for one that is not. */
function findPath(tree: Tree, name: string): readonly string[] | undefined {
  if (Object.hasOwn(tree, name)) return [name];
  for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
    const inner = Object.hasOwn(tree, name.slice(0, dot)) ? tree[name.slice(0, dot)] : undefined;
    const rest = isTree(inner) ? findPath(inner, name.slice(dot + 1)) : undefined;
    if (rest !== undefined) return [name.slice(0, dot), ...rest];
  }
  return undefined;
}

function withField(tree: Tree, [name, ...rest]: readonly string[], from: Tree): Tree {
  if (name === undefined) return tree;
  const source = from[name];
  const present = tree[name];
  if (rest.length === 0 || !isTree(source)) return { ...tree, [name]: source };
  return { ...tree, [name]: withField(isTree(present) ? present : {}, rest, source) };
}

function withoutField(tree: Tree, [name, ...rest]: readonly string[]): Tree {
  if (name === undefined || !Object.hasOwn(tree, name)) return tree;
  const inner = tree[name];
  if (rest.length > 0) return isTree(inner) ? { ...tree, [name]: withoutField(inner, rest) } : tree;
  return Object.fromEntries(Object.entries(tree).filter(([key]) => key !== name));
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
