/** So many counts may go on when their answer is out, for the next page's sake: they are nobody's load to bear. */
const MOST = 1;

/** Counts that go on after their answer. */
export class LateCounts {
  private running = 0;

  /** Whether a count may go on; one that has ended always may. */
  admit(counting: Promise<unknown>): boolean {
    if (this.running >= MOST) return false;
    this.running++;
    const ended = (): void => {
      this.running--;
    };
    counting.then(ended, ended);
    return true;
  }
}
