import type { CatalogQuery, Filter, SortKey } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { allOf } from './combine-filters.js';
import { compileODataFilter } from './compile-odata-filter.js';
import type { ODataOptions } from './odata-options.js';
import type { ODataVocabulary } from './odata-vocabulary.js';
import { parseODataExpression } from './parse-odata-expression.js';

const MAX_SORT_KEYS = 5;

/** The catalogue's query of what Products is asked for. Throws InvalidError with `$filter` or `$orderby` as subject. */
export function parseProductsQuery(options: ODataOptions, vocabulary: ODataVocabulary): CatalogQuery {
  const sort = options.orderBy === undefined ? undefined : parseOrderBy(options.orderBy, vocabulary);
  return {
    ...(options.filter === undefined ? {} : withinCollections(parseODataFilter(options.filter, vocabulary))),
    ...(sort === undefined ? {} : { sort }),
    page: { kind: 'number', limit: options.top, offset: options.skip },
    count: options.count ? 'auto' : 'none',
  };
}

/** A `$filter` (or a subscription's `FilterParam`) as the catalogue's filter. Throws InvalidError about `subject`. */
export function parseODataFilter(text: string, vocabulary: ODataVocabulary, subject = '$filter'): Filter {
  try {
    return compileODataFilter(parseODataExpression(text), vocabulary);
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    throw new InvalidError(`${subject}: ${error.message}`, { subject, cause: error });
  }
}

/** `ContentDate/Start desc,Name`; attributes by their name. Throws InvalidError. */
export function parseOrderBy(text: string, vocabulary: ODataVocabulary): readonly SortKey[] {
  const items = text.split(',', MAX_SORT_KEYS + 1);
  if (items.length > MAX_SORT_KEYS) refuse(`at most ${MAX_SORT_KEYS} properties order a result`);
  return items.map((item) => {
    const [path = '', direction = 'asc', ...more] = item.trim().split(/\s+/);
    const way = direction.toLowerCase();
    if (more.length > 0 || (way !== 'asc' && way !== 'desc'))
      refuse(`"${item.slice(0, 60)}" is not a property and asc or desc`);
    const field = vocabulary.field(path.split('/')) ?? vocabulary.attribute?.(path);
    const property = field?.sortBy;
    if (property === undefined) return refuse(`results are not ordered by ${path.slice(0, 60)}`);
    return { property, direction: way };
  });
}

/** A condition on the collection goes where the catalogue looks first. */
function withinCollections(filter: Filter): Pick<CatalogQuery, 'collections' | 'filter'> {
  const args = filter.op === 'and' ? filter.args : [filter];
  const within = args.find((arg) => arg.op === 'in' && arg.property === 'collection');
  if (within?.op !== 'in') return { filter };
  const rest = allOf(args.filter((arg) => arg !== within));
  const collections = within.values.map(String);
  return rest.op === 'constant' && rest.value ? { collections } : { collections, filter: rest };
}

function refuse(why: string): never {
  throw new InvalidError(`$orderby: ${why}.`, { subject: '$orderby' });
}
