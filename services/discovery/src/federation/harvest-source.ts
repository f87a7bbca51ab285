import { InvalidError } from '#domain/errors.js';
import type { Harvest } from '#domain/harvest/harvest.js';
import type { UpstreamFailure, UpstreamRecord } from '#protocols/upstream/upstream-record.js';
import type { Ask } from './ask-upstream.js';

/** Something the source no longer has. */
export interface RemovedRecord {
  /** Its name there. */
  readonly name: string;
  readonly deleted: Date;
}

/** A page of a source and where it goes on. */
export interface SourcePage {
  readonly records: readonly UpstreamRecord[];
  readonly failures: readonly UpstreamFailure[];
  readonly removed?: readonly RemovedRecord[];
  /** Position of the next page; absent on the last one. */
  readonly next?: string;
  /** Where the next run begins; the very beginning where absent. */
  readonly restart?: string;
}

/** What a source is asked with. */
export interface SourceRequest {
  readonly harvest: Pick<Harvest, 'source' | 'filter'>;
  /** As a page before gave it; undefined at the very beginning. */
  readonly position: string | undefined;
  readonly limit: number;
  readonly ask: Ask;
  readonly now: Date;
}

/** Reads one page of another catalogue by its interface. */
export type ReadSource = (request: SourceRequest) => Promise<SourcePage>;

/** An address with parameters added; those it has already stay. */
export function withParameters(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  const present = new Set([...url.searchParams.keys()].map((name) => name.toLowerCase()));
  for (const [name, value] of Object.entries(parameters))
    if (!present.has(name.toLowerCase())) url.searchParams.append(name, value);
  return url.href;
}

/** A position written as JSON by the source itself. Throws InvalidError where it is not. */
export function readPosition<T>(position: string | undefined, start: T): T {
  if (position === undefined) return start;
  try {
    return JSON.parse(position) as T;
  } catch (error) {
    throw new InvalidError('The position of the harvest cannot be read; start it anew.', { cause: error });
  }
}
