const DAY_MS = 86_400_000;

/** `20260604T101559`, the form times have in product names. */
export function compactTime(time: Date): string {
  return time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
}

/** Seconds later. */
export function later(time: Date, seconds: number): Date {
  return new Date(time.getTime() + Math.round(seconds * 1000));
}

/** Whole and part days from one moment to another. */
export function daysBetween(from: string, to: Date): number {
  return (to.getTime() - Date.parse(from)) / DAY_MS;
}

/** Day of the year, counted from 1. */
export function dayOfYear(time: Date): number {
  return Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / DAY_MS) + 1;
}
