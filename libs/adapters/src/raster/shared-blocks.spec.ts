import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SharedBlocks, type BlockNews, type Neighbour } from './shared-blocks.js';

const SIZE = 64;
const LIMIT = 8 * SIZE;

/** Threads that share their blocks, with news under way from each to each: a port keeps their order, and different ports none. */
class Threads {
  readonly all: readonly SharedBlocks[];
  readonly #lines: { readonly news: BlockNews[]; readonly to: SharedBlocks; readonly from: Neighbour }[] = [];
  readonly #ports = new Map<string, Neighbour>();
  /** Everything that was ever sent to somebody. */
  readonly memory = new Set<ArrayBufferLike>();

  constructor(count: number) {
    this.all = Array.from({ length: count }, () => new SharedBlocks(LIMIT));
    for (let from = 0; from < count; from++) for (let to = 0; to < from; to++) this.#introduce(from, to);
  }

  /** The next news of one of the lines arrives. */
  deliver(line: number): void {
    const waiting = this.#lines.filter(({ news }) => news.length > 0);
    const { news, to, from } = waiting[line % waiting.length] ?? { news: [] };
    const next = news.shift();
    if (next !== undefined) to?.hear(from!, next);
  }

  deliverAll(): void {
    while (this.#lines.some(({ news }) => news.length > 0)) this.deliver(0);
  }

  end(thread: number): void {
    for (const [name, port] of this.#ports) {
      const [at, of] = name.split(' ').map(Number);
      if (of === thread) this.all[at!]!.part(port);
    }
    for (const line of this.#lines) if (line.to === this.all[thread]) line.news.length = 0;
  }

  #introduce(a: number, b: number): void {
    const news: readonly [BlockNews[], BlockNews[]] = [[], []];
    // What `a` writes to, `b` hears, and answers by its own end.
    const port = (out: BlockNews[]): Neighbour => ({
      postMessage: (sent) => {
        out.push(sent);
        if (sent.type === 'lent') this.memory.add(sent.samples.buffer);
      },
    });
    const [ofA, ofB] = [port(news[0]), port(news[1])];
    this.#ports.set(`${a} ${b}`, ofA).set(`${b} ${a}`, ofB);
    this.all[a]!.meet(ofA);
    this.all[b]!.meet(ofB);
    this.#lines.push({ news: news[0], to: this.all[b]!, from: ofB }, { news: news[1], to: this.all[a]!, from: ofA });
  }
}

const block = (key: number): Uint8Array => new Uint8Array(SIZE).fill(key + 1);
const keep = (blocks: SharedBlocks, key: number): void => blocks.set(`scene\n${key}`, block(key), SIZE);

describe('SharedBlocks', () => {
  it('keeps what is decoded without neighbours as it is', () => {
    const blocks = new SharedBlocks(LIMIT);
    const samples = block(1);
    blocks.set('scene\n1', samples, SIZE);
    expect(blocks.get('scene\n1')).toBe(samples);
  });

  it('gives a block decoded by one thread to all, in one memory', () => {
    const { all, deliverAll } = bound(new Threads(3));
    keep(all[0]!, 7);
    deliverAll();
    const seen = all.map((one) => one.get('scene\n7'));
    expect(seen).toEqual([block(7), block(7), block(7)]);
    expect(new Set(seen.map((samples) => samples?.buffer)).size).toBe(1);
    expect(seen[0]?.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('takes a block back from all when its owner has no room for it, and writes the next there', () => {
    const threads = new Threads(2);
    const [one, other] = threads.all as [SharedBlocks, SharedBlocks];
    for (let key = 0; key < 100; key++) {
      keep(one, key);
      threads.deliverAll();
    }
    expect(other.get('scene\n0')).toBeUndefined();
    expect(other.get('scene\n99')).toEqual(block(99));
    // What is kept, what one call may add before it makes room, and what waits for the next.
    expect(threads.memory.size).toBeLessThanOrEqual(LIMIT / SIZE + 2);
  });

  it('forgets an object everywhere', () => {
    const threads = new Threads(2);
    keep(threads.all[0]!, 1);
    threads.deliverAll();
    for (const one of threads.all) one.deletePrefix('scene\n');
    threads.deliverAll();
    expect(threads.all.map((one) => one.get('scene\n1'))).toEqual([undefined, undefined]);
  });

  it('does without a thread that has ended: its blocks are gone, and it holds nobody up', () => {
    const threads = new Threads(2);
    const [one, other] = threads.all as [SharedBlocks, SharedBlocks];
    keep(other, 1);
    keep(one, 2);
    threads.deliverAll();
    threads.end(1);
    expect(one.get('scene\n1')).toBeUndefined();
    for (let key = 10; key < 100; key++) keep(one, key);
    expect(one.get('scene\n99')).toEqual(block(99));
  });

  it('never shows another block than the one asked for, however late the news are', () => {
    const step = fc.record({
      kind: fc.constantFrom('keep', 'keep', 'read', 'news', 'news', 'forget'),
      thread: fc.nat(2),
      key: fc.nat(20),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const threads = new Threads(3);
        for (const { kind, thread, key } of steps) {
          const blocks = threads.all[thread]!;
          if (kind === 'keep') keep(blocks, key);
          else if (kind === 'news') threads.deliver(key);
          else if (kind === 'forget') blocks.deletePrefix('scene\n');
          else expect(blocks.get(`scene\n${key}`) ?? block(key)).toEqual(block(key));
        }
        threads.deliverAll();
        for (const blocks of threads.all)
          for (let key = 0; key <= 20; key++) expect(blocks.get(`scene\n${key}`) ?? block(key)).toEqual(block(key));
      }),
      { numRuns: 300 },
    );
  });
});

function bound(threads: Threads): { readonly all: readonly SharedBlocks[]; readonly deliverAll: () => void } {
  return { all: threads.all, deliverAll: () => threads.deliverAll() };
}
