import type { CatalogQuery, SortKey } from '#domain/catalog/catalog-query.js';
import { InvalidError, TooLargeError } from '#domain/errors.js';
import { compileDhusQuery } from './compile-query.js';
import { parseDhusQuery } from './parse-query.js';
import { queryField } from './query-fields.js';
import type { QueryString } from './query-string.js';

/** Rows of a page unless asked otherwise, and the most there can be. */
const ROWS = { default: 10, most: 100 } as const;

/** Characters of `q`: sixteen times what the reference takes, still parsed in no time. */
const MAX_QUERY = 65_536;

/** A checked search of DHuS OpenSearch. */
export interface DhusSearch {
  readonly query: CatalogQuery;
  /** `q` as given, which titles and links repeat. */
  readonly terms: string;
  readonly orderBy?: string;
  readonly rows: number;
  readonly start: number;
}

/** The form of the answer; needed also where the rest of the request is wrong. */
export function parseDhusFormat(parameters: QueryString): 'json' | 'xml' {
  return parameters.get('format')?.toLowerCase() === 'json' ? 'json' : 'xml';
}

/**
 * Reads `q`, `rows`, `start` and `orderby`; default order: newest ingestion first. As in DHuS, `rows` and `start` that are no numbers count as absent.
 * Throws InvalidError in Solr's words (subject `rows` and `q` for what DHuS answers 400), TooLargeError for a longer query than is read.
 */
export function parseDhusSearch(parameters: QueryString, now: Date): DhusSearch {
  const { rows, start } = parsePage(parameters);
  const terms = parseTerms(parameters);
  const orderBy = parameters.get('orderby');
  const filter = compileDhusQuery(parseDhusQuery(terms), now);
  return {
    query: {
      ...(filter.op === 'constant' && filter.value ? {} : { filter }),
      sort: parseOrder(orderBy ?? ''),
      page: { kind: 'number', limit: rows, offset: start },
      // Clients page until they have read the total: it is exact unless the page would fail for it, and always where it is all that is asked.
      count: rows === 0 ? 'exact' : 'patient',
    },
    terms,
    ...(orderBy === undefined ? {} : { orderBy }),
    rows,
    start,
  };
}

function parsePage(parameters: QueryString): { readonly rows: number; readonly start: number } {
  const rows = wholeNumber(parameters.get('rows')) ?? ROWS.default;
  const start = wholeNumber(parameters.get('start')) ?? 0;
  if (rows > ROWS.most) {
    throw new InvalidError(`Parameter \`rows\` exceeds the maximum value (${ROWS.most}) in search request`, {
      subject: 'rows',
    });
  }
  if (start < 0 || rows < 0) throw new InvalidError(`'${start < 0 ? 'start' : 'rows'}' parameter cannot be negative`);
  return { rows, start };
}

function parseTerms(parameters: QueryString): string {
  const terms = parameters.get('q') ?? '';
  if (terms.length > MAX_QUERY) {
    throw new TooLargeError(`Request Entity Too Large: q has more than ${MAX_QUERY} characters`, { subject: 'q' });
  }
  if (terms.trim() === '') throw new InvalidError("Required String parameter 'q' is not present", { subject: 'rows' });
  return terms;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*[+-]?\d{1,9}\s*$/.test(text) ? Number(text) : undefined;
}

const NEWEST: readonly SortKey[] = [{ property: 'published', direction: 'desc' }];

/** `field asc,field desc`; a missing direction is ascending. */
function parseOrder(text: string): readonly SortKey[] {
  if (text.trim() === '') return NEWEST;
  return text.split(',').map((part): SortKey => {
    const [, name = '', direction = 'asc'] = /^\s*(\w{1,60})(?:\s+(asc|desc))?\s*$/i.exec(part) ?? [];
    if (name === '') {
      throw new InvalidError(`Can't determine a Sort Order (asc or desc) in sort spec '${text.slice(0, 100)}'`, {
        subject: 'orderby',
      });
    }
    const { property } = queryField(name);
    if (property === '') throw new InvalidError(`can not sort on field: ${name}`, { subject: 'orderby' });
    return { property, direction: direction.toLowerCase() === 'desc' ? 'desc' : 'asc' };
  });
}
