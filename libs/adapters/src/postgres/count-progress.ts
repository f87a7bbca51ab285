/** What is known of a count while it is taken: estimates, each better than the one before. */
export class CountProgress {
  /** Resolves with the first estimate. */
  readonly begun: Promise<void>;
  private begin: () => void = () => undefined;
  private listener: (value: number) => void = () => undefined;
  private value = 0;
  private over = false;

  constructor() {
    this.begun = new Promise((resolve) => {
      this.begin = resolve;
    });
  }

  get ended(): boolean {
    return this.over;
  }

  get latest(): number {
    return this.value;
  }

  /** Whoever wants to know of each later estimate; one at most. */
  onReport(listener: (value: number) => void): void {
    this.listener = listener;
  }

  /** Nothing more comes. */
  end(): void {
    this.over = true;
  }

  report(value: number): void {
    this.value = value;
    this.listener(value);
    this.begin();
  }
}
