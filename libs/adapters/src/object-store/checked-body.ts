import { InvalidError } from '#domain/errors.js';
import type { PutOptions } from '#domain/ports/object-store.js';

/** The body as it comes, ended by the signal (with its reason) even while the source hangs; InvalidError where its length is not the announced one. */
export async function* checkedBody(body: AsyncIterable<Uint8Array>, options: PutOptions): AsyncGenerator<Uint8Array> {
  const { size, signal } = options;
  let seen = 0;
  for await (const chunk of signal === undefined ? body : untilAborted(body, signal)) {
    seen += chunk.byteLength;
    if (size !== undefined && seen > size) throw new InvalidError(`More than the announced ${size} bytes arrived.`);
    yield chunk;
  }
  if (size !== undefined && seen < size) {
    throw new InvalidError(`Only ${seen} of the announced ${size} bytes arrived.`);
  }
}

async function* untilAborted(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  const source = body[Symbol.asyncIterator]();
  let abort: (reason: unknown) => void = () => undefined;
  const onAbort = () => abort(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    for (;;) {
      // A promise of its own for each step: racing one long-lived promise would keep a reaction for every chunk.
      const step = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
        abort = reject;
        source.next().then(resolve, reject);
      });
      if (step.done === true) return;
      signal.throwIfAborted();
      yield step.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Not awaited: a source that hangs would hold up the abort.
    source.return?.().catch(() => undefined);
  }
}
