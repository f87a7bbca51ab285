import { InvalidError } from '#domain/errors.js';
import { readODataDeleted, readODataProducts, type ODataPage } from '#protocols/upstream/read-odata-products.js';
import { askJson, jsonOf } from './ask-upstream.js';
import { readPosition, type SourcePage, type SourceRequest } from './harvest-source.js';

/** How far products and deletions have been followed: `skip` of those that have the very instant. */
interface Position {
  readonly modified?: string;
  readonly skip: number;
  /** Deletions are read from here, after the products. */
  readonly deleted: string;
  readonly deletedSkip?: number;
}

/** Clocks differ, and deletions take their time to appear. */
const MARGIN_MS = 3_600_000;

/**
 * Follows `Products` of an OData v4 catalogue as CDSE has it in the order of their changes, then `DeletedProducts`; the next run goes on from the last
 * change seen. `filter` may hold `$filter` (and'ed).
 */
export async function readOData(request: SourceRequest): Promise<SourcePage> {
  const start = { skip: 0, deleted: new Date(request.now.getTime() - MARGIN_MS).toISOString() };
  const position = readPosition<Position>(request.position, start);
  return position.deletedSkip === undefined ? readProducts(request, position) : readDeleted(request, position);
}

async function readProducts({ harvest, limit, ask }: SourceRequest, position: Position): Promise<SourcePage> {
  const { modified, skip } = position;
  const base = harvest.source.replace(/\/+$/, '').replace(/\/Products$/, '');
  const conditions = [
    ...(modified === undefined ? [] : [`ModificationDate ge ${modified}`]),
    ...(harvest.filter['$filter'] === undefined ? [] : [`(${harvest.filter['$filter']})`]),
  ];
  const url = address(`${base}/Products`, {
    ...(conditions.length === 0 ? {} : { $filter: conditions.join(' and ') }),
    $orderby: 'ModificationDate asc',
    $top: String(limit),
    ...(skip === 0 ? {} : { $skip: String(skip) }),
    $expand: 'Attributes',
  });
  const page = readODataProducts(await askJson(ask, { url }), (id) => `${base}/Products(${id})/$value`);
  const last = lastChange(page, modified);
  const isLast = page.size < limit && page.nextLink === undefined;
  const after = {
    ...position,
    ...(last === undefined ? {} : { modified: last }),
    skip: skipAfter(page, position, last),
  };
  return { ...page, next: JSON.stringify(isLast ? { ...after, skip: 0, deletedSkip: 0 } : after) };
}

/** Products changed at one instant have no order of their own: they are read again unless they fill the page, which would never end. */
function skipAfter(page: ODataPage, { modified, skip }: Position, last: string | undefined): number {
  if (last === modified) return skip + page.size;
  const isAllOne = page.records.every((record) => record.modified?.toISOString() === last);
  return isAllOne ? page.size : 0;
}

/** The latest change of the page, as the next request must name it. Throws InvalidError where the source does not keep to the order. */
function lastChange({ records }: ODataPage, before: string | undefined): string | undefined {
  let last = before;
  for (const { modified } of records) {
    if (modified === undefined) throw new InvalidError('The source does not say when its products were changed.');
    const text = modified.toISOString();
    if (last !== undefined && text < last)
      throw new InvalidError('The source does not give its products in the order of ModificationDate.');
    last = text;
  }
  return last;
}

async function readDeleted({ harvest, limit, ask, now }: SourceRequest, position: Position): Promise<SourcePage> {
  const { deletedSkip = 0, deleted } = position;
  const base = harvest.source.replace(/\/+$/, '').replace(/\/Products$/, '');
  const url = address(`${base}/DeletedProducts`, {
    $filter: `DeletionDate ge ${deleted}`,
    $orderby: 'DeletionDate asc',
    $top: String(limit),
    $skip: String(deletedSkip),
  });
  const nextRun = { ...position, skip: 0, deleted: new Date(now.getTime() - MARGIN_MS).toISOString() };
  delete nextRun.deletedSkip;
  const restart = JSON.stringify(nextRun);
  const none = { records: [], failures: [], restart };
  let page;
  try {
    page = readODataDeleted(jsonOf(await ask({ url, headers: { accept: 'application/json' } })));
  } catch (error) {
    // Not every catalogue tells its deletions.
    if (error instanceof InvalidError) return none;
    throw error;
  }
  const removed = page.deleted.map(({ name, deleted: time }) => ({ name, deleted: time }));
  if (page.size < limit) return { ...none, removed };
  return { ...none, removed, next: JSON.stringify({ ...position, deletedSkip: deletedSkip + page.size }) };
}

/** `$` and the spelling of CDSE: blanks as %20. */
function address(base: string, options: Readonly<Record<string, string>>): string {
  const query = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${base}?${query.join('&')}`;
}
