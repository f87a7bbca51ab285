import { InvalidError } from '#domain/errors.js';
import type { OutgoingAnswer } from '#domain/ports/outgoing-http.js';
import { fillTemplate, readSearchDescription } from '#protocols/upstream/read-search-description.js';
import { readSearchFeatures } from '#protocols/upstream/read-search-features.js';
import { readAtomFeed, type SearchFeed } from '#protocols/upstream/read-search-feed.js';
import { jsonOf, xmlOf } from './ask-upstream.js';
import { readPosition, type SourcePage, type SourceRequest } from './harvest-source.js';

/** Addresses still to be asked, last first. */
type Position = readonly string[];

const MOST_WAITING = 5_000;
const ACCEPT =
  'application/atom+xml, application/opensearchdescription+xml, application/geo+json;q=0.8, application/json;q=0.7';

/**
 * From a description document through its template (of collections first, where there are two steps), or from a result directly, by `next` links.
 * `filter` holds values of the template by the terms' local names (`startDate`, `box`, ...).
 */
export async function readOpenSearch({ harvest, position, limit, ask }: SourceRequest): Promise<SourcePage> {
  const waiting = readPosition<Position>(position, [harvest.source]);
  const url = waiting.at(-1);
  if (url === undefined) return { records: [], failures: [] };
  const answer = await ask({ url, headers: { accept: ACCEPT } });
  const { records, failures, leadsTo } = readAnswer(answer, { ...harvest.filter, count: String(limit) });
  const left = [...waiting.slice(0, -1), ...leadsTo.map((href) => resolve(href, answer.url))];
  if (left.length > MOST_WAITING)
    throw new InvalidError(`The source leads to more than ${MOST_WAITING} searches at once.`, { subject: 'source' });
  return { records, failures, ...(left.length === 0 ? {} : { next: JSON.stringify(left) }) };
}

type ReadAnswer = Pick<SourcePage, 'records' | 'failures'> & { readonly leadsTo: readonly string[] };

function readAnswer(answer: OutgoingAnswer, values: Readonly<Record<string, string>>): ReadAnswer {
  if ((answer.headers.get('content-type') ?? '').includes('json')) return ofFeed(readSearchFeatures(jsonOf(answer)));
  const document = xmlOf(answer);
  if (document.name !== 'OpenSearchDescription') return ofFeed(readAtomFeed(document));
  const search = fillTemplate(readSearchDescription(document), values);
  return { records: [], failures: [], leadsTo: [search] };
}

/** The searches of collections come before the next page of collections. */
function ofFeed({ records, failures, next, descriptions }: SearchFeed): ReadAnswer {
  return { records, failures, leadsTo: [...(next === undefined ? [] : [next]), ...descriptions.toReversed()] };
}

function resolve(href: string, base: string): string {
  if (URL.canParse(href, base)) return new URL(href, base).href;
  throw new InvalidError('The source leads to an address that is none.', { subject: 'source' });
}
