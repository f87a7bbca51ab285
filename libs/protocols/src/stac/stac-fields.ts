/** The fields of items that are wanted, as paths of names. `include` is absent where nothing was said of what to include, empty where nothing was named. */
export interface FieldSelection {
  readonly include?: readonly string[] | undefined;
  readonly exclude: readonly string[];
}

/** What makes an Item valid: what comes where nothing is named. */
const DEFAULTS = 'id type stac_version collection geometry bbox links assets properties.datetime'.split(' ');
/** Short, and nobody can tell an item without them: these come with whatever is included. */
const ALWAYS = DEFAULTS.slice(0, 4);

/** `fields` of a GET: `id,-geometry,+properties`; a `+` sent unencoded arrives as a blank. */
export function parseFields(text: string): FieldSelection {
  const names = text.split(',').map((part) => part.trim());
  const named = names.filter((name) => name !== '' && name !== '-' && name !== '+');
  const include = named.filter((name) => !name.startsWith('-')).map((name) => name.replace(/^\+/, ''));
  const exclude = named.filter((name) => name.startsWith('-')).map((name) => name.slice(1));
  return include.length === 0 && exclude.length > 0 ? { exclude } : { include, exclude };
}

/**
 * The item with the fields wanted (STAC API Fields extension 1.0.0 §Include/Exclude Semantics): those included and no others; where nothing is named,
 * the defaults; where only something is excluded, all the rest. What is included stays, also within or instead of what is excluded. A name may leave out
 * `properties.`; a property whose name has dots is found by its whole name.
 */
export function selectFields(
  item: object,
  { include, exclude }: FieldSelection,
  defaults: readonly string[] = DEFAULTS,
): object {
  const whole = item as Tree;
  const paths = (names: readonly string[]) => names.flatMap((name) => pathsOf(whole, name));
  const wanted = include?.length === 0 ? defaults : include;
  const included = paths(include ?? []);
  const excluded = paths(exclude);
  const selected = wanted === undefined ? whole : withFields({}, paths([...ALWAYS, ...wanted]), whole);
  const left = excluded.reduce(withoutField, selected);
  return withFields(
    left,
    included.filter((path) => excluded.some((out) => isAtOrIn(path, out))),
    whole,
  );
}

type Path = readonly string[];

function isAtOrIn(path: Path, other: Path): boolean {
  return other.every((name, at) => path[at] === name);
}

function withFields(tree: Tree, paths: readonly Path[], from: Tree): Tree {
  return paths.reduce((into, path) => withField(into, path, from), tree);
}

interface Tree {
  readonly [name: string]: unknown;
}

/** None where the item has no such field. */
function pathsOf(item: Tree, name: string): readonly Path[] {
  const path = findPath(item, name) ?? findPath(item, `properties.${name}`);
  return path === undefined ? [] : [path];
}

/** The names on the way to a field that is there; undefined for one that is not. */
function findPath(tree: Tree, name: string): Path | undefined {
  if (Object.hasOwn(tree, name)) return [name];
  for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
    const inner = Object.hasOwn(tree, name.slice(0, dot)) ? tree[name.slice(0, dot)] : undefined;
    const rest = isTree(inner) ? findPath(inner, name.slice(dot + 1)) : undefined;
    if (rest !== undefined) return [name.slice(0, dot), ...rest];
  }
  return undefined;
}

function withField(tree: Tree, [name, ...rest]: Path, from: Tree): Tree {
  if (name === undefined) return tree;
  const source = from[name];
  const present = tree[name];
  if (rest.length === 0 || !isTree(source)) return { ...tree, [name]: source };
  return { ...tree, [name]: withField(isTree(present) ? present : {}, rest, source) };
}

function withoutField(tree: Tree, [name, ...rest]: Path): Tree {
  if (name === undefined || !Object.hasOwn(tree, name)) return tree;
  const inner = tree[name];
  if (rest.length > 0) return isTree(inner) ? { ...tree, [name]: withoutField(inner, rest) } : tree;
  return Object.fromEntries(Object.entries(tree).filter(([key]) => key !== name));
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
