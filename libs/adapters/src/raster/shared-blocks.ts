import type { BlockSamples } from './block-decode.js';
import { ByteCache } from './byte-cache.js';
import { SampleSlabs } from './sample-slabs.js';

/** Where a thread's news of its blocks go: a message port, as seen from one of its two ends. */
export interface Neighbour {
  postMessage(news: BlockNews): void;
}

/** What threads that share their blocks tell each other. Every lent slab comes back once: its owner writes another block there then. */
export type BlockNews =
  | { readonly type: 'lent'; readonly slab: number; readonly key: string; readonly samples: BlockSamples }
  | { readonly type: 'gone'; readonly slab: number }
  | { readonly type: 'returned'; readonly slab: number };

/** A block this thread keeps; `holders` have it too. Without a slab nobody can. */
interface Kept {
  readonly samples: BlockSamples;
  readonly slab: number | undefined;
  readonly holders: Set<Neighbour>;
}

/** What a neighbour has lent, by its numbers of slabs. */
type Loans = Map<number, { readonly key: string; readonly samples: BlockSamples }>;

/**
 * Decoded blocks of one of several threads, each of which sees those of all: what one has decoded no other decodes again. A block is in shared memory
 * and belongs to the thread that decoded it; when that one drops it and all others have let it go, its memory is used for the next. So all threads
 * together keep no more than the sum of their limits, whenever garbage is collected.
 */
export class SharedBlocks {
  readonly #own: ByteCache<Kept>;
  readonly #slabs: SampleSlabs;
  readonly #neighbours = new Map<Neighbour, Loans>();
  readonly #borrowed = new Map<string, BlockSamples>();
  /** Dropped here, not yet returned by all. */
  readonly #leaving = new Map<number, Kept>();
  #lastSlab = 0;

  constructor(limit: number) {
    this.#own = new ByteCache(limit, (_key, kept) => this.#drop(kept));
    this.#slabs = new SampleSlabs(limit / 8);
  }

  /** Samples to be read at once: after the next turn of the event loop they may be another block's. */
  get(key: string): BlockSamples | undefined {
    return this.#own.get(key)?.samples ?? this.#borrowed.get(key);
  }

  /** Keeps a copy where there are neighbours to lend it to, else the samples themselves. */
  set(key: string, samples: BlockSamples, bytes: number): void {
    if (!this.#own.fits(bytes)) return;
    if (this.#neighbours.size === 0) return this.#own.set(key, { samples, slab: undefined, holders: new Set() }, bytes);
    const slab = ++this.#lastSlab;
    const kept = { samples: this.#slabs.copy(samples), slab, holders: new Set(this.#neighbours.keys()) };
    this.#own.set(key, kept, bytes);
    for (const neighbour of kept.holders) neighbour.postMessage({ type: 'lent', slab, key, samples: kept.samples });
  }

  /** Forgets every key that begins with the prefix. */
  deletePrefix(prefix: string): void {
    this.#own.deletePrefix(prefix);
    for (const key of this.#borrowed.keys()) if (key.startsWith(prefix)) this.#borrowed.delete(key);
  }

  /** A thread to share with from now on. */
  meet(neighbour: Neighbour): void {
    this.#neighbours.set(neighbour, new Map());
  }

  /** The thread has ended: what it lent is let go, and what it borrowed is taken for returned. */
  part(neighbour: Neighbour): void {
    for (const slab of this.#neighbours.get(neighbour)?.keys() ?? []) this.#letGo(neighbour, slab);
    this.#neighbours.delete(neighbour);
    for (const kept of this.#own.values()) kept.holders.delete(neighbour);
    for (const slab of this.#leaving.keys()) this.#takeBack(neighbour, slab);
  }

  hear(neighbour: Neighbour, news: BlockNews): void {
    switch (news.type) {
      case 'lent':
        this.#neighbours.get(neighbour)?.set(news.slab, news);
        if (!this.#borrowed.has(news.key)) this.#borrowed.set(news.key, news.samples);
        return;
      case 'gone':
        this.#letGo(neighbour, news.slab);
        return neighbour.postMessage({ type: 'returned', slab: news.slab });
      case 'returned':
        return this.#takeBack(neighbour, news.slab);
    }
  }

  #letGo(neighbour: Neighbour, slab: number): void {
    const loans = this.#neighbours.get(neighbour);
    const loan = loans?.get(slab);
    loans?.delete(slab);
    if (loan !== undefined && this.#borrowed.get(loan.key) === loan.samples) this.#borrowed.delete(loan.key);
  }

  #drop(kept: Kept): void {
    const { slab, holders, samples } = kept;
    if (slab === undefined) return;
    if (holders.size === 0) return this.#slabs.give(samples);
    this.#leaving.set(slab, kept);
    for (const holder of holders) holder.postMessage({ type: 'gone', slab });
  }

  #takeBack(neighbour: Neighbour, slab: number): void {
    const kept = this.#leaving.get(slab);
    if (kept === undefined) return;
    kept.holders.delete(neighbour);
    if (kept.holders.size > 0) return;
    this.#leaving.delete(slab);
    this.#slabs.give(kept.samples);
  }
}
