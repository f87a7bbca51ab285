const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;
const SIZE = /^(\d{1,15}(?:\.\d{1,6})?) ?(B|KB|MB|GB|TB|PB)?$/i;
const ANY_OF_UNIT = /^(?:\*|\.\*|\.\+) ?(B|KB|MB|GB|TB|PB)$/i;

/** A span of bytes, the end left out. */
export interface ByteInterval {
  readonly from: number;
  readonly before: number;
}

/** Bytes as DHuS writes them: two decimals and a unit of 1024s, e.g. `733.29 MB`; always two words. */
export function writeByteSize(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(2)} ${UNITS[unit]!}`;
}

/** A size of a query (`733.29 MB`, `4096`) as bytes; undefined for other text. */
export function parseByteSize(text: string): number | undefined {
  const [, number, unit = 'B'] = SIZE.exec(text.trim()) ?? [];
  return number === undefined ? undefined : Number(number) * factor(unit);
}

/** The sizes that are written as `text`. */
export function sizesWrittenAs(text: string): ByteInterval | undefined {
  const [, number, unit] = SIZE.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const bytes = Number(number) * factor(unit ?? 'B');
  const half = unit === undefined || unit.toUpperCase() === 'B' ? 0.5 : 0.005 * factor(unit);
  return { from: Math.ceil(bytes - half), before: bytes + half };
}

/** The sizes a pattern such as `*KB` or `/.+KB/` matches: all that are written in that unit; undefined for other patterns. */
export function sizesOfUnit(pattern: string): ByteInterval | undefined {
  const unit = ANY_OF_UNIT.exec(pattern.trim())?.[1];
  if (unit === undefined) return undefined;
  const bytes = factor(unit);
  return { from: bytes === 1 ? 0 : bytes, before: bytes * 1024 };
}

function factor(unit: string): number {
  return 1024 ** UNITS.findIndex((known) => known === unit.toUpperCase());
}
