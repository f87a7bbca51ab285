import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as wait } from 'node:timers/promises';
import type { IntakeStatus, MirrorClient } from './mirror-client.js';
import { packFolder, packStacItem } from './pack-tar.js';

const FINAL = new Set(['drawn', 'unchanged', 'quarantined']);
const POLL_MS = 500;

/** How to send. */
export interface SendOptions {
  readonly wait: boolean;
  readonly parallel: number;
}

/** Sends every source, a few at a time, telling progress on standard output. Returns whether all went in. */
export async function ingestAll(
  client: MirrorClient,
  sources: readonly string[],
  options: SendOptions,
): Promise<boolean> {
  const queue = [...sources];
  let ok = true;
  const workers = Array.from({ length: Math.max(1, options.parallel) }, async () => {
    for (let source = queue.shift(); source !== undefined; source = queue.shift()) {
      ok = (await sendOne(client, source, options)) && ok;
    }
  });
  await Promise.all(workers);
  return ok;
}

async function sendOne(client: MirrorClient, source: string, options: SendOptions): Promise<boolean> {
  try {
    if (/\.(ndjson|jsonl)$/i.test(source)) return await sendBulk(client, source);
    const { name, body } = await openSource(source);
    say(name, 'sending');
    const intake = await client.upload(name, body);
    return options.wait ? await follow(client, intake) : (say(intake.name, `received as ${intake.id}`), true);
  } catch (error) {
    say(source, `FAILED: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

async function sendBulk(client: MirrorClient, file: string): Promise<boolean> {
  await statOf(file);
  const report = await client.bulk(createReadStream(file));
  say(
    file,
    `${report.created} new, ${report.modified} changed, ${report.unchanged} unchanged, ${report.failed} refused`,
  );
  for (const { line, id, reason } of report.failures)
    say(file, `line ${line}${id === undefined ? '' : ` (${id})`}: ${reason}`);
  return report.failed === 0;
}

/** What to upload and under which name: a folder as tar, a STAC Item with the assets beside it as tar, a file or an address as it is. */
async function openSource(source: string): Promise<{ name: string; body: Readable }> {
  if (/^https?:\/\//i.test(source)) return openUrl(source);
  const path = source.replace(/\/+$/, '');
  const info = await statOf(path);
  if (info.isDirectory()) return { name: `${basename(path)}.tar`, body: packFolder(path) };
  if (/\.(json|geojson)$/i.test(path)) return packStacItem(path);
  return { name: basename(path), body: createReadStream(path, { highWaterMark: 1 << 20 }) };
}

/** Asked before a stream is opened: a stream that cannot open ends the process. */
function statOf(path: string): Promise<Stats> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Error('there is no such file or folder') : error;
  });
}

async function openUrl(url: string): Promise<{ name: string; body: Readable }> {
  const answer = await fetch(url).catch((error: Error) => {
    throw new Error(`the server does not answer (${(error.cause as Error | undefined)?.message ?? error.message})`);
  });
  if (!answer.ok || answer.body === null) throw new Error(`the server answered ${answer.status}`);
  const named = /filename="?([^";]+)"?/i.exec(answer.headers.get('content-disposition') ?? '')?.[1];
  const name = basename(named ?? decodeURIComponent(new URL(url).pathname.replace(/\/+$/, '')));
  return { name, body: Readable.fromWeb(answer.body as ReadableStream<Uint8Array>) };
}

/** Polls the intake until it is final, telling each new step. */
async function follow(client: MirrorClient, intake: IntakeStatus): Promise<boolean> {
  let told = '';
  for (;;) {
    const status = await client.intake(intake.id);
    if (FINAL.has(status.state)) {
      say(status.name, outcomeOf(status));
      return status.state !== 'quarantined';
    }
    const text =
      status.step === undefined ? status.state : `${status.step} ${Math.round((status.progress ?? 0) * 100)} %`;
    if (text !== told) say(status.name, text);
    told = text;
    await wait(POLL_MS);
  }
}

function outcomeOf(status: IntakeStatus): string {
  const where = status.collection === undefined ? '' : ` as ${status.collection}/${status.productId ?? ''}`;
  if (status.state === 'quarantined') return `REFUSED: ${status.reason ?? 'no reason given'}`;
  if (status.state === 'unchanged') return `already there, unchanged${where}`;
  return `in the catalogue${where}${status.reason === undefined ? '' : ` (without picture: ${status.reason})`}`;
}

function say(name: string, text: string): void {
  process.stdout.write(`${name}: ${text}\n`);
}
