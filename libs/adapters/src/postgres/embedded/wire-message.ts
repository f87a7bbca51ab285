/** One protocol message: its type letter, and all its bytes (type, length, body); PostgreSQL: Message Formats. */
export interface WireMessage {
  readonly type: string;
  readonly bytes: Buffer;
}

/** What comes before the first message: a start-up packet, or a request without type letter (SSL, cancel). */
export interface StartupPacket {
  readonly code: number;
  readonly bytes: Buffer;
}

/** Codes of start-up packets that are no start-up. */
export const SSL_REQUEST = 80_877_103;
/** GSSAPI encryption request. */
export const GSS_REQUEST = 80_877_104;
/** Cancel request. */
export const CANCEL_REQUEST = 80_877_102;

/** No message we send or get is larger than a bulk insert; a wrong length must not fill the memory. */
const MAX_BYTES = 1 << 30;

/** Cuts a byte stream into messages. Throws RangeError for impossible lengths. */
export class WireReader {
  private chunks: Buffer[] = [];
  private size = 0;

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
  }

  startup(): StartupPacket | undefined {
    const bytes = this.take(0);
    return bytes && { code: bytes.readInt32BE(4), bytes };
  }

  message(): WireMessage | undefined {
    const bytes = this.take(1);
    return bytes && { type: String.fromCharCode(bytes[0] ?? 0), bytes };
  }

  /** The next `prefix` + length-counted bytes, once all are here. */
  private take(prefix: number): Buffer | undefined {
    const total = this.nextSize(prefix);
    if (total === undefined || this.size < total) return undefined;
    const all = this.join();
    this.chunks = total < all.length ? [all.subarray(total)] : [];
    this.size -= total;
    return all.subarray(0, total);
  }

  private nextSize(prefix: number): number | undefined {
    const head = prefix + 4;
    if (this.size < head) return undefined;
    const first = this.chunks[0] as Buffer;
    const total = prefix + (first.length < head ? this.join() : first).readInt32BE(prefix);
    if (total < head || total > MAX_BYTES) throw new RangeError('a protocol message has an impossible length');
    return total;
  }

  private join(): Buffer {
    const all = this.chunks.length === 1 ? (this.chunks[0] as Buffer) : Buffer.concat(this.chunks);
    this.chunks = [all];
    return all;
  }
}

/** The messages of a complete answer of the server. */
export function splitMessages(bytes: Uint8Array): WireMessage[] {
  const reader = new WireReader();
  reader.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const messages: WireMessage[] = [];
  for (let next = reader.message(); next !== undefined; next = reader.message()) messages.push(next);
  return messages;
}

/** A message of a type with a body. */
export function writeMessage(type: string, body: string | Buffer): Buffer {
  const content = typeof body === 'string' ? Buffer.from(body) : body;
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

/** Query ('Q'): SQL by the simple protocol. */
export function writeQuery(sql: string): Buffer {
  return writeMessage('Q', `${sql}\0`);
}

/** ErrorResponse ('E') with a severity, SQLSTATE and message. */
export function writeError(severity: 'ERROR' | 'FATAL', code: string, message: string): Buffer {
  return writeMessage('E', `S${severity}\0V${severity}\0C${code}\0M${message}\0\0`);
}

/** Transaction status of a ReadyForQuery ('Z'): idle, in a transaction, in a failed one. */
export type TransactionStatus = 'I' | 'T' | 'E';

/** The status in a ReadyForQuery message. */
export function readStatus(message: WireMessage): TransactionStatus {
  return String.fromCharCode(message.bytes[5] ?? 0) as TransactionStatus;
}

/** The command tag of a CommandComplete message, e.g. `INSERT 0 1`. */
export function readTag(message: WireMessage): string {
  return message.bytes.toString('latin1', 5, message.bytes.length - 1);
}
