import { readStatus, readTag, splitMessages, writeError, writeMessage, writeQuery } from './wire-message.js';
import type { TransactionStatus, WireMessage } from './wire-message.js';

/** Hands one frontend message to PostgreSQL and gives all it answered. */
export type ExecuteProtocol = (message: Uint8Array) => Promise<Uint8Array>;

/** What a batch of messages brought. */
export interface SessionReply {
  readonly bytes: Buffer;
  /** Undefined where the batch ended without ReadyForQuery (Flush). */
  readonly status: TransactionStatus | undefined;
  /** NotificationResponses, for whoever listens. */
  readonly notifications: readonly Buffer[];
  readonly listens: boolean;
}

/** The answer each frontend message must have, by type; `C` (Close), `S` (Sync) and `Q` (Query) included. */
const ANSWER: Readonly<Record<string, RegExp>> = { P: /1/, B: /2/, D: /[Tn]/, E: /[CsI]/, C: /3/, S: /Z/, Q: /Z/ };

const SWALLOWED = writeError(
  'ERROR',
  'XX000',
  'The geometry library failed: a geometry is probably invalid (ST_IsValid, ST_MakeValid).',
);

/**
 * PGlite's one session, told to the letter. Its build loses C++ exceptions of GEOS (electric-sql/pglite#916): the statement just stops without an
 * answer, and what it did so far would commit. So every message is sent by itself, and where its answer is missing the transaction is aborted and the client told.
 */
export class GuardedSession {
  private readonly execute: ExecuteProtocol;

  constructor(execute: ExecuteProtocol) {
    this.execute = execute;
  }

  /** Runs messages up to a Sync, Query or Flush. */
  async run(messages: readonly WireMessage[]): Promise<SessionReply> {
    const reply = new ReplyCollector();
    let failed = false;
    for (const message of messages) {
      // After an error PostgreSQL ignores everything up to Sync; after a swallowed one we do.
      if (failed) {
        if (message.type === 'S') reply.add(readyForQuery(reply.status ?? 'I'));
        continue;
      }
      const answer = splitMessages(await this.execute(message.bytes));
      for (const part of answer) reply.add(part);
      failed = !reply.hasError && lacksAnswer(message, answer);
      if (!failed) continue;
      reply.addRaw(SWALLOWED);
      reply.status = await this.abort();
      if (message.type === 'Q' || message.type === 'S') reply.add(readyForQuery(reply.status));
    }
    return reply;
  }

  /** Ends whatever transaction is open. */
  async rollback(): Promise<void> {
    await this.execute(writeQuery('rollback'));
  }

  /** Fails a statement on purpose: the server itself then aborts the explicit or implicit transaction. */
  private async abort(): Promise<TransactionStatus> {
    const answer = splitMessages(await this.execute(writeQuery('select 1/0')));
    const ready = answer.find(({ type }) => type === 'Z');
    return ready === undefined ? 'E' : readStatus(ready);
  }
}

class ReplyCollector implements SessionReply {
  private readonly parts: Buffer[] = [];
  readonly notifications: Buffer[] = [];
  status: TransactionStatus | undefined;
  hasError = false;
  listens = false;

  get bytes(): Buffer {
    return Buffer.concat(this.parts);
  }

  add(message: WireMessage): void {
    if (message.type === 'A') {
      this.notifications.push(message.bytes);
      return;
    }
    if (message.type === 'Z') this.status = readStatus(message);
    if (message.type === 'E') this.hasError = true;
    if (message.type === 'C' && readTag(message) === 'LISTEN') this.listens = true;
    this.parts.push(message.bytes);
  }

  addRaw(bytes: Buffer): void {
    this.parts.push(bytes);
  }
}

function lacksAnswer(message: WireMessage, answer: readonly WireMessage[]): boolean {
  const wanted = ANSWER[message.type];
  if (wanted === undefined) return false;
  // A statement that lost its exception late leaves a command tag nobody set.
  if (answer.some((part) => part.type === 'C' && readTag(part).startsWith('???'))) return true;
  return !answer.some(({ type }) => wanted.test(type));
}

function readyForQuery(status: TransactionStatus): WireMessage {
  return { type: 'Z', bytes: writeMessage('Z', status) };
}
