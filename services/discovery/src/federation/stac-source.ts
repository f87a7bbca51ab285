import { InvalidError } from '#domain/errors.js';
import type { OutgoingRequest } from '#domain/ports/outgoing-http.js';
import { readStacDocument, type StacDocument, type StacStep } from '#protocols/upstream/read-stac-documents.js';
import { askJson } from './ask-upstream.js';
import { readPosition, withParameters, type SourcePage, type SourceRequest } from './harvest-source.js';

/** What is still to be asked, last first. */
type Position = readonly StacStep[];

const MOST_WAITING = 20_000;

/**
 * Follows an API's search by its `next` links, or a static catalog by its `item` and `child` links. `filter` holds parameters of the search
 * (`collections`, `bbox`, `datetime`, ...).
 */
export async function readStac({ harvest, position, limit, ask }: SourceRequest): Promise<SourcePage> {
  const waiting = readPosition<Position>(position, [{ href: harvest.source }]);
  const step = waiting.at(-1);
  if (step === undefined) return { records: [], failures: [] };
  const document = readStacDocument(await askJson(ask, requestOf(step)), step.href);
  const search = { limit: String(limit), ...harvest.filter };
  const left = [...waiting.slice(0, -1), ...stepsAfter(document, step, search)];
  if (left.length > MOST_WAITING)
    throw new InvalidError(`The catalog leads to more than ${MOST_WAITING} documents at once.`, { subject: 'source' });
  const { records, failures } = document;
  return { records, failures, ...(left.length === 0 ? {} : { next: JSON.stringify(left) }) };
}

function requestOf({ href, body }: StacStep): OutgoingRequest {
  if (body === undefined) return { url: href };
  return { url: href, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function stepsAfter(
  { next, search, below }: StacDocument,
  step: StacStep,
  parameters: Readonly<Record<string, string>>,
): readonly StacStep[] {
  if (search !== undefined) return [{ href: withParameters(search, parameters) }];
  const isList = (href: string): boolean => /\/items\/?(\?|$)/.test(href);
  const documents = below
    .map((href) => ({ href: isList(href) ? withParameters(href, parameters) : href }))
    .toReversed();
  if (next === undefined) return documents;
  const { merge, ...plain } = next;
  return [...documents, merge === true ? { ...plain, body: { ...step.body, ...next.body } } : plain];
}
