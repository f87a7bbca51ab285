/** A value of a document as text for people. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value) && value.every((part) => typeof part !== 'object')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

/** A size in bytes as people read it. */
export function sizeOf(bytes: unknown): string {
  if (typeof bytes !== 'number') return '';
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** An instant to the minute, UTC. */
export function minuteOf(instant: unknown): string {
  return typeof instant === 'string' ? `${instant.slice(0, 16).replace('T', ' ')} UTC` : '';
}
