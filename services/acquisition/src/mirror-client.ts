import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { OPERATOR_TOKEN_FILE } from '#platform/operator-token.js';

/** What the command reads of the environment. */
export const cliConfig = z.object({
  FROMBORK_URL: z.url().default('http://127.0.0.1:8080').describe('The mirror the command talks to.'),
  FROMBORK_OPERATOR_TOKEN: z.string().optional().describe('Operator token.'),
  FROMBORK_DATA: z
    .string()
    .default('./data')
    .describe('Data folder of a mirror on this machine; its operator token is used.'),
});

/** The operator token from the environment, else from the data folder of a mirror on this machine. Throws where there is none. */
export async function findToken(config: z.infer<typeof cliConfig>): Promise<string> {
  if (config.FROMBORK_OPERATOR_TOKEN !== undefined) return config.FROMBORK_OPERATOR_TOKEN;
  const file = join(config.FROMBORK_DATA, OPERATOR_TOKEN_FILE);
  const token = await readFile(file, 'utf8').catch(() => undefined);
  if (token === undefined)
    throw new Error(`No operator token: give --token or FROMBORK_OPERATOR_TOKEN (there is none in ${file}).`);
  return token.trim();
}

/** An intake as the mirror tells it. */
export interface IntakeStatus {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly step?: string;
  readonly progress?: number;
  readonly reason?: string;
  readonly collection?: string;
  readonly productId?: string;
  readonly created: string;
}

/** Counts of a bulk ingest. */
export interface BulkStatus {
  readonly created: number;
  readonly modified: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly failures: readonly { readonly line: number; readonly id?: string; readonly reason: string }[];
}

/** The ingest endpoint of a mirror, as its operator calls it. Refusals are thrown with the mirror's own words. */
export class MirrorClient {
  constructor(
    private readonly server: string,
    private readonly token: string,
  ) {}

  upload(name: string, body: Readable): Promise<IntakeStatus> {
    return this.call(
      'PUT',
      `/ingest/${encodeURIComponent(name)}`,
      body,
      'application/octet-stream',
    ) as Promise<IntakeStatus>;
  }

  bulk(body: Readable): Promise<BulkStatus> {
    return this.call('POST', '/ingest/items', body, 'application/x-ndjson') as Promise<BulkStatus>;
  }

  intake(id: string): Promise<IntakeStatus> {
    return this.call('GET', `/ingest/intakes/${id}`) as Promise<IntakeStatus>;
  }

  async intakes(filter: { readonly state?: string; readonly limit: string }): Promise<readonly IntakeStatus[]> {
    const query = new URLSearchParams({
      limit: filter.limit,
      ...(filter.state === undefined ? {} : { state: filter.state }),
    });
    return ((await this.call('GET', `/ingest?${query.toString()}`)) as { intakes: IntakeStatus[] }).intakes;
  }

  async republish(since: string | undefined): Promise<number> {
    const query = since === undefined ? '' : `?since=${encodeURIComponent(since)}`;
    return ((await this.call('POST', `/ingest/events/republish${query}`)) as { events: number }).events;
  }

  async remove(collection: string, id: string): Promise<void> {
    await this.call('DELETE', `/ingest/products/${encodeURIComponent(collection)}/${encodeURIComponent(id)}`);
  }

  private async call(method: string, path: string, body?: Readable, mediaType?: string): Promise<unknown> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      ...(mediaType === undefined ? {} : { 'content-type': mediaType }),
    };
    const init: RequestInit = { method, headers };
    if (body !== undefined) Object.assign(init, { body, duplex: 'half' });
    const answer = await fetch(`${this.server}${path}`, init).catch((error: unknown) => {
      // What cannot be read here is not the mirror's fault.
      if (body?.errored) throw body.errored;
      throw new Error(`${this.server} does not answer; is the mirror running? (${causeOf(error)})`);
    });
    const text = await answer.text();
    if (answer.ok) return text === '' ? undefined : JSON.parse(text);
    throw new Error(`The mirror refused (${answer.status}): ${detailOf(text)}`);
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}

function detailOf(text: string): string {
  try {
    return (JSON.parse(text) as { detail?: string }).detail ?? text;
  } catch {
    return text.slice(0, 500);
  }
}
