import { writeItem } from '#protocols/stac/item.js';
import { startServiceProcess } from '#test/support/service-process.js';
import { generateItems } from '../generate-items.js';
import { ADDRESS, makeEmpty, PEER_COLLECTIONS } from './bulk-loads.js';
import type { Pgstac } from './pgstac.js';

const ITEMS_PER_REQUEST = 1_000;
const CLIENTS = 2;
const TOKEN = 'operator-token-of-the-bench';

/** A request of the bulk transaction extension, which both servers take alike. */
interface BulkInsert {
  readonly collection: string;
  readonly items: number;
  readonly body: string;
}

/** Puts the same items into empty catalogues through both services' `POST /collections/{id}/bulk_items`, one after the other; one process serves each. */
export async function printBulkInserts(database: string, pgstac: Pgstac, count: number): Promise<void> {
  const inserts = bulkInserts(count);
  console.log(`| ${count} items by bulk_items | s | items/s |\n|---|---:|---:|`);
  await makeEmpty(database);
  const ours = await startServiceProcess('stac', { DATABASE_URL: database, FROMBORK_OPERATOR_TOKEN: TOKEN });
  await printInserts('Frombork', `${ours.url}/stac`, inserts).finally(() => ours.stop());
  await pgstac.create(PEER_COLLECTIONS);
  const theirs = await pgstac.serve({ writable: true });
  await printInserts('stac-fastapi-pgstac', theirs.url, inserts).finally(() => theirs.stop());
}

/** Items of a collection together, in the order they were made; the bodies are written before anything is timed. */
function bulkInserts(count: number): readonly BulkInsert[] {
  const waiting = new Map<string, Record<string, object>>();
  const inserts: BulkInsert[] = [];
  const close = (collection: string, items: Record<string, object>): void => {
    const body = JSON.stringify({ items, method: 'insert' });
    inserts.push({ collection, items: Object.keys(items).length, body });
    waiting.delete(collection);
  };
  for (const product of generateItems(count, 1)) {
    const items = waiting.get(product.collection) ?? {};
    waiting.set(product.collection, items);
    items[product.id] = writeItem(product, ADDRESS);
    if (Object.keys(items).length === ITEMS_PER_REQUEST) close(product.collection, items);
  }
  for (const [collection, items] of waiting) close(collection, items);
  return inserts;
}

/** Each client has collections of its own, as the peer fails where two write a partition at once, and sends its next request when its last is answered. */
async function printInserts(name: string, api: string, inserts: readonly BulkInsert[]): Promise<void> {
  const collections = [...new Set(inserts.map(({ collection }) => collection))];
  const client = async (turn: number): Promise<void> => {
    for (const insert of inserts) {
      if (collections.indexOf(insert.collection) % CLIENTS === turn) await send(api, insert);
    }
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: CLIENTS }, (_, turn) => client(turn)));
  const seconds = (performance.now() - begin) / 1000;
  const items = inserts.reduce((sum, insert) => sum + insert.items, 0);
  console.log(`| ${name} | ${seconds.toFixed(1)} | ${(items / seconds).toFixed(0)} |`);
}

async function send(api: string, { collection, body }: BulkInsert): Promise<void> {
  const url = `${api}/collections/${collection}/bulk_items`;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` };
  const answer = await fetch(url, { method: 'POST', headers, body });
  const text = await answer.text();
  const { errors = [] } = answer.ok ? (JSON.parse(text) as { errors?: readonly unknown[] }) : {};
  if (!answer.ok || errors.length > 0) throw new Error(`${url}: ${answer.status} ${text.slice(0, 500)}`);
}
