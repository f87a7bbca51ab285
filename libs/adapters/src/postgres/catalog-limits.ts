import { InvalidError } from '#domain/errors.js';
import type { CatalogQuery, ComputedTest, Expression, Filter, Page } from '#domain/catalog/catalog-query.js';

/** Parts a filter may have, how deep it may nest, values all its lists may have together. */
const MAX_NODES = 2_000;
const MAX_DEPTH = 100;
/** Properties, operations and functions of computed conditions: each is a good deal of SQL. */
const MAX_COMPUTED = 500;
const MAX_VALUES = 20_000;
/** Longest text of a literal or pattern. */
const MAX_TEXT = 10_000;
const MAX_SORT_KEYS = 10;
/** Products of one page. */
const MAX_PAGE = 10_000;

/** Refuses queries that would cost more to compile or plan than an honest one ever needs. Iterative: a hostile filter cannot overflow the stack. Throws InvalidError. */
export function checkCatalogLimits(query: CatalogQuery): void {
  checkPage(query.page);
  for (const list of [query.collections ?? [], query.ids ?? []]) {
    if (list.length > MAX_VALUES) tooMuch(`more than ${MAX_VALUES} ids`);
  }
  checkSort(query.sort);
  if (query.filter !== undefined) checkFilterLimits(query.filter);
}

/** The bounds of an order alone. Throws InvalidError (subject `filter`). */
export function checkSort(sort: CatalogQuery['sort']): void {
  if ((sort?.length ?? 0) > MAX_SORT_KEYS) tooMuch(`more than ${MAX_SORT_KEYS} sort keys`);
}

/** The bounds of a page alone. Throws InvalidError (subject `limit` or `offset`). */
export function checkPage(page: Page): void {
  if (!Number.isInteger(page.limit) || page.limit < 0 || page.limit > MAX_PAGE) {
    throw new InvalidError(`A page has 0 to ${MAX_PAGE} products.`, { subject: 'limit' });
  }
  if (page.kind === 'number' && !(Number.isSafeInteger(page.offset) && page.offset >= 0)) {
    throw new InvalidError('A page starts at a whole number, 0 or more.', { subject: 'offset' });
  }
}

/** The bounds of a filter alone. Throws InvalidError (subject `filter`). */
export function checkFilterLimits(filter: Filter): void {
  const waiting: { node: Filter; depth: number }[] = [{ node: filter, depth: 1 }];
  let nodes = 0;
  let values = 0;
  let computed = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    const children = childrenOf(node);
    const parts = node.op === 'computed' ? partsOf(node.test) : [];
    nodes += 1;
    values += parts.length;
    computed += parts.filter(({ kind }) => kind !== 'literal').length;
    values += node.op === 'in' ? node.values.length : 0;
    if (nodes + children.length > MAX_NODES) tooMuch(`more than ${MAX_NODES} conditions`);
    if (computed > MAX_COMPUTED) tooMuch(`more than ${MAX_COMPUTED} computed values`);
    if (depth > MAX_DEPTH) tooMuch(`conditions nested deeper than ${MAX_DEPTH}`);
    if (values > MAX_VALUES) tooMuch(`more than ${MAX_VALUES} values in its lists`);
    if ([...textsOf(node), ...parts.flatMap(textOf)].some((text) => text.length > MAX_TEXT))
      tooMuch(`a text longer than ${MAX_TEXT} characters`);
    for (const child of children) waiting.push({ node: child, depth: depth + 1 });
  }
}

function childrenOf(node: Filter): readonly Filter[] {
  if (node.op === 'not') return [node.arg];
  return node.op === 'and' || node.op === 'or' ? node.args : [];
}

function textsOf(node: Filter): readonly string[] {
  if (node.op === 'like') return [node.pattern];
  if (node.op === 'text') return [node.text];
  return 'value' in node && typeof node.value === 'string' ? [node.value] : [];
}

function textOf(part: Expression): readonly string[] {
  return part.kind === 'literal' && typeof part.value === 'string' ? [part.value] : [];
}

/** Every expression of a test; iterative, and bounded by what is counted. */
function partsOf(test: ComputedTest): readonly Expression[] {
  const waiting = operandsOf(test).map((part) => ({ part, depth: 1 }));
  const parts: Expression[] = [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { part, depth } = next;
    parts.push(part);
    if (depth > MAX_DEPTH) tooMuch(`values nested deeper than ${MAX_DEPTH}`);
    if (parts.length > MAX_VALUES) tooMuch(`more than ${MAX_VALUES} values in its lists`);
    for (const inner of innerOf(part)) waiting.push({ part: inner, depth: depth + 1 });
  }
  return parts;
}

function operandsOf(test: ComputedTest): readonly Expression[] {
  if (test.kind === 'absent') return [test.value];
  if (test.kind === 'like') return [test.text, test.pattern];
  if (test.kind !== 'spans') return [test.left, test.right];
  return [test.left.start, test.left.end, test.right.start, test.right.end].filter((end) => end !== undefined);
}

function innerOf(part: Expression): readonly Expression[] {
  if (part.kind === 'list') return part.items;
  if (part.kind === 'arithmetic') return [part.left, part.right];
  if (part.kind === 'call') return part.args;
  return part.kind === 'folded' ? [part.text] : [];
}

function tooMuch(what: string): never {
  throw new InvalidError(`The query has ${what}; ask in several steps.`, { subject: 'filter' });
}
