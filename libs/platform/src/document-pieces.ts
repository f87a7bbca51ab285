/** Pieces are sent in chunks of about this size; what is shorter altogether is sent whole. */
const CHUNK = 32 * 1024;

/** A body in pieces of text, or of bytes. */
export type Pieces = Iterable<string> | AsyncIterable<string> | AsyncIterable<Uint8Array>;

/** A body in pieces whose first chunk has been made. */
export interface ManyPieces {
  readonly whole?: undefined;
  readonly chunks: AsyncIterable<Buffer>;
  /** For who does not read the chunks. */
  close(): Promise<void>;
}

/** A body in pieces whose beginning has been made: all of it where it is short, else its chunks. */
export type OpenedPieces = { readonly whole: Buffer } | ManyPieces;

/** Makes the first chunk. Throws what the maker of the pieces throws. */
export async function openPieces(pieces: Pieces): Promise<OpenedPieces> {
  const chunks = chunksOf(pieces);
  const first = await chunks.next();
  if (first.done === true) return { whole: Buffer.alloc(0) };
  const second = first.value.length < CHUNK ? await chunks.next() : undefined;
  if (second?.done === true) return { whole: first.value };
  return { chunks: resume(first.value, chunks), close: async () => void (await chunks.return(undefined)) };
}

async function* chunksOf(pieces: Pieces): AsyncGenerator<Buffer, undefined> {
  let gathered: (string | Uint8Array)[] = [];
  let length = 0;
  for await (const piece of pieces) {
    gathered.push(piece);
    length += piece.length;
    if (length < CHUNK) continue;
    yield joined(gathered);
    gathered = [];
    length = 0;
  }
  if (length > 0) yield joined(gathered);
  return undefined;
}

function joined(pieces: readonly (string | Uint8Array)[]): Buffer {
  const isText = pieces.every((piece) => typeof piece === 'string');
  return isText ? Buffer.from(pieces.join('')) : Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
}

/** No generator: one whose reader left before the first step would never close the rest. */
function resume(first: Buffer, rest: AsyncGenerator<Buffer, undefined>): AsyncIterableIterator<Buffer> {
  let given = false;
  const chunks: AsyncIterableIterator<Buffer> = {
    next: () => {
      if (given) return rest.next();
      given = true;
      return Promise.resolve({ value: first, done: false });
    },
    return: () => rest.return(undefined),
    [Symbol.asyncIterator]: () => chunks,
  };
  return chunks;
}
