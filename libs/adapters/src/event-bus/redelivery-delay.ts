const FIRST_MS = 1_000;
const LONGEST_MS = 600_000;

/** Pause in ms after the n-th failed delivery: 1 s, 4 s, 16 s ... 10 min. Eight deliveries span 25 minutes, so that a restarting database kills no event. */
export function redeliveryDelayMs(deliveries: number): number {
  return Math.min(FIRST_MS * 4 ** (deliveries - 1), LONGEST_MS);
}
