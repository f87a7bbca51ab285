/** A step of a resource path: `Products(05ed…)` has a key. */
interface Step {
  readonly name: string;
  readonly key?: string;
}

/** What is asked of a product. */
export type ProductPart = 'entity' | 'attributes' | 'assets' | 'locations' | 'value' | 'zip' | 'quicklook';

/** What an address under the service root names. */
export type ODataResource =
  | {
      readonly kind:
        'service' | 'metadata' | 'products' | 'query' | 'count' | 'filter-list' | 'deleted' | 'deleted-count';
    }
  | { readonly kind: 'product'; readonly id: string; readonly part: ProductPart }
  /** The path of names below the product; `entity` describes that node, `children` lists what is in it. */
  | {
      readonly kind: 'node';
      readonly id: string;
      readonly path: readonly string[];
      readonly part: 'entity' | 'children' | 'value';
    }
  | { readonly kind: 'asset'; readonly id: string; readonly part: 'entity' | 'value' }
  | { readonly kind: 'deleted-product'; readonly id: string }
  | { readonly kind: 'attribute-names'; readonly collection: string }
  | { readonly kind: 'subscriptions' }
  | { readonly kind: 'subscription'; readonly id: string; readonly part: 'entity' | 'read' | 'ack' };

const MAX_STEPS = 64;

const WITHOUT_KEY: Readonly<Record<string, ODataResource>> = {
  '': { kind: 'service' },
  $metadata: { kind: 'metadata' },
  Products: { kind: 'products' },
  'Products/$count': { kind: 'count' },
  'Products/$query': { kind: 'query' },
  'Products/OData.CSC.FilterList': { kind: 'filter-list' },
  DeletedProducts: { kind: 'deleted' },
  'DeletedProducts/$count': { kind: 'deleted-count' },
  Subscriptions: { kind: 'subscriptions' },
};

const WITH_KEY: Readonly<Record<string, (id: string, second: string) => ODataResource | undefined>> = {
  'Products()': (id) => ({ kind: 'product', id, part: 'entity' }),
  'Products()/Attributes': (id) => ({ kind: 'product', id, part: 'attributes' }),
  'Products()/Assets': (id) => ({ kind: 'product', id, part: 'assets' }),
  'Products()/Locations': (id) => ({ kind: 'product', id, part: 'locations' }),
  'Products()/$value': (id) => ({ kind: 'product', id, part: 'value' }),
  'Products()/$zip': (id) => ({ kind: 'product', id, part: 'zip' }),
  'Products()/Products()/$value': (id, picture) =>
    picture === 'Quicklook' ? { kind: 'product', id, part: 'quicklook' } : undefined,
  'Assets()': (id) => ({ kind: 'asset', id, part: 'entity' }),
  'Assets()/$value': (id) => ({ kind: 'asset', id, part: 'value' }),
  'DeletedProducts()': (id) => ({ kind: 'deleted-product', id }),
  'Attributes()': (collection) => ({ kind: 'attribute-names', collection }),
  'Subscriptions()': (id) => ({ kind: 'subscription', id, part: 'entity' }),
  'Subscriptions()/Read': (id) => ({ kind: 'subscription', id, part: 'read' }),
  'Subscriptions()/Ack': (id) => ({ kind: 'subscription', id, part: 'ack' }),
};

const NODES = /^Products\(\)(?:\/Nodes\(\))*(\/Nodes|\/Nodes\(\)|\/Nodes\(\)\/\$value)$/;

/** Reads a resource path (OData 4.01 URL Conventions §4), still percent-encoded, after the service root; keys with or without quotes. Undefined where it names nothing. */
export function parseResourcePath(path: string): ODataResource | undefined {
  const steps = stepsOf(path);
  if (steps === undefined) return undefined;
  const shape = steps.map(({ name, key }) => (key === undefined ? name : `${name}()`)).join('/');
  const [id, ...keys] = steps.flatMap(({ key }) => (key === undefined ? [] : [key]));
  if (id === undefined) return Object.hasOwn(WITHOUT_KEY, shape) ? WITHOUT_KEY[shape] : undefined;
  const known = Object.hasOwn(WITH_KEY, shape) ? WITH_KEY[shape] : undefined;
  return known === undefined ? nodeOf(id, keys, shape) : known(id, keys[0] ?? '');
}

function nodeOf(id: string, path: readonly string[], shape: string): ODataResource | undefined {
  const [, last] = NODES.exec(shape) ?? [];
  if (last === undefined) return undefined;
  return {
    kind: 'node',
    id,
    path,
    part: last.endsWith('$value') ? 'value' : last === '/Nodes' ? 'children' : 'entity',
  };
}

function stepsOf(path: string): readonly Step[] | undefined {
  const segments = path.split('/').filter((segment) => segment !== '');
  if (segments.length > MAX_STEPS) return undefined;
  const steps = segments.map(stepOf);
  return steps.every((step) => step !== undefined) ? steps : undefined;
}

function stepOf(segment: string): Step | undefined {
  const text = decoded(segment);
  if (text === undefined) return undefined;
  const open = text.indexOf('(');
  if (open < 0) return { name: text };
  if (!text.endsWith(')')) return undefined;
  const key = text.slice(open + 1, -1);
  const isQuoted = key.length > 1 && key.startsWith("'") && key.endsWith("'");
  return { name: text.slice(0, open), key: isQuoted ? key.slice(1, -1).replaceAll("''", "'") : key };
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
