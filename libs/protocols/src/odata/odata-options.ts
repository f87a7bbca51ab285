import { InvalidError } from '#domain/errors.js';

/** The query options of a request (OData 4.01 URL Conventions §5.1), texts decoded. */
export interface ODataOptions {
  readonly filter?: string;
  readonly orderBy?: string;
  readonly top: number;
  readonly skip: number;
  readonly count: boolean;
  /** Lower case. */
  readonly expand: ReadonlySet<string>;
  /** As written; absent for everything. */
  readonly select?: readonly string[];
  /** All that was sent, for the next link. */
  readonly sent: readonly (readonly [name: string, value: string])[];
}

/** The most `$top` may be, and what it is where it is not said. */
export interface TopLimits {
  readonly most: number;
  readonly standard: number;
}

/** CDSE's of Products. */
export const PRODUCTS_TOP: TopLimits = { most: 1000, standard: 20 };

const KNOWN = new Set(['filter', 'orderby', 'top', 'skip', 'count', 'expand', 'select', 'format']);
const YES = new Set(['true', '1']);
const NO = new Set(['false', '0']);

/**
 * Reads a query string: names in any case, with or without `$`, encoded or not; `$expand` may be repeated. What begins with `$` and is unknown is refused,
 * other names are the client's own matter (a `token`, say). Throws InvalidError naming the option.
 */
export function parseODataOptions(query: string, limits: TopLimits = PRODUCTS_TOP): ODataOptions {
  const sent = [...new URLSearchParams(query)];
  const given = collect(sent);
  checkFormat(given.get('format')?.at(-1));
  const [filter, orderBy, select] = ['filter', 'orderby', 'select'].map((name) => once(given, name));
  return {
    ...(filter === undefined ? {} : { filter }),
    ...(orderBy === undefined ? {} : { orderBy }),
    ...(select === undefined || select.trim() === '*' ? {} : { select: list(select) }),
    top: wholeNumber('$top', once(given, 'top'), limits.standard, limits.most),
    skip: wholeNumber('$skip', once(given, 'skip'), 0, Number.MAX_SAFE_INTEGER),
    count: readCount(once(given, 'count')),
    expand: new Set((given.get('expand') ?? []).flatMap(list).map((name) => name.toLowerCase())),
    sent,
  };
}

function collect(sent: readonly (readonly [string, string])[]): ReadonlyMap<string, string[]> {
  const given = new Map<string, string[]>();
  for (const [written, value] of sent) {
    const name = written.trim().toLowerCase();
    const bare = name.replace(/^\$/, '');
    if (KNOWN.has(bare)) given.set(bare, [...(given.get(bare) ?? []), value]);
    else if (name.startsWith('$')) {
      throw new InvalidError(`There is no query option ${name.slice(0, 40)}.`, { subject: name.slice(0, 40) });
    }
  }
  return given;
}

function once(given: ReadonlyMap<string, readonly string[]>, name: string): string | undefined {
  const [value, ...more] = given.get(name) ?? [];
  if (more.some((other) => other !== value)) {
    throw new InvalidError(`$${name} is given more than once.`, { subject: `$${name}` });
  }
  return value === undefined || value.trim() === '' ? undefined : value;
}

function list(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function wholeNumber(name: string, text: string | undefined, standard: number, most: number): number {
  if (text === undefined) return standard;
  const number = /^\d{1,16}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (number <= most) return number;
  throw new InvalidError(`${name} is a whole number from 0 to ${most}.`, { subject: name });
}

function readCount(text: string | undefined): boolean {
  const given = text?.trim().toLowerCase() ?? 'false';
  if (!YES.has(given) && !NO.has(given)) throw new InvalidError('$count is true or false.', { subject: '$count' });
  return YES.has(given);
}

function checkFormat(text: string | undefined): void {
  if (text === undefined || /^\s*(json|application\/json)\s*(;|$)/i.test(text)) return;
  throw new InvalidError('Answers are in JSON: $format=json.', { subject: '$format' });
}
