import type { ResultSlice } from './result-slice.js';

/** How many match, as far as is known, and how many products that is known from: the more, the nearer to the truth. */
export interface CountEstimate {
  readonly value: number;
  readonly hits: number;
}

/** A step so long for its page's reading is not felt: the machine may have but two cores for both. */
const FELT = 2;

/** What is known of a count while it is taken beside its page: estimates, each better than the one before. */
export class CountProgress {
  /** The rows of the page, undefined where they could not be read. */
  readonly page: Promise<ResultSlice | undefined>;
  /** Resolves with the first estimate. */
  readonly begun: Promise<void>;
  private readonly started = performance.now();
  /** Resolves when what is known is not worth waiting for more. */
  readonly sufficient: Promise<void>;
  private begin: () => void = () => undefined;
  private suffice: () => void = () => undefined;
  private listener: (estimate: CountEstimate) => void = () => undefined;
  private best: CountEstimate = { value: 0, hits: -1 };
  private over = false;
  private read = false;

  constructor(reading: Promise<ResultSlice | undefined> = Promise.resolve(undefined)) {
    this.page = reading
      .catch(() => undefined)
      .finally(() => {
        this.read = true;
      });
    this.begun = new Promise((resolve) => {
      this.begin = resolve;
    });
    this.sufficient = new Promise((resolve) => {
      this.suffice = resolve;
    });
  }

  get ended(): boolean {
    return this.over;
  }

  /** Whether the page is there, or will not be. */
  get pageRead(): boolean {
    return this.read;
  }

  get latest(): number {
    return this.best.value;
  }

  /** Whoever wants to know of each later estimate; one at most. */
  onReport(listener: (estimate: CountEstimate) => void): void {
    this.listener = listener;
  }

  /** Nothing more comes. */
  end(): void {
    this.over = true;
  }

  /** What is known from fewer products than before is not told. */
  report(estimate: CountEstimate): void {
    if (estimate.hits < this.best.hits) return;
    this.best = estimate;
    this.listener(estimate);
    this.begin();
  }

  /** Resolves when a step of about `ms` milliseconds does not hold up the page: when that is there, or has taken so much longer itself. */
  async turn(ms: number): Promise<void> {
    const wait = ms * FELT - (performance.now() - this.started);
    if (wait <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait);
      void this.page.then(() => {
        clearTimeout(timer);
        this.suffice();
        resolve();
      });
    });
  }
}
