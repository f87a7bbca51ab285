import { InvalidError } from '#domain/errors.js';

const SEGMENT = /^[A-Za-z0-9._=+-]+$/;
const MAX_KEY_LENGTH = 1024;
const MAX_SEGMENT_LENGTH = 255;

/** Whether the text is a key as the ObjectStore port defines it; at most 1024 characters, 255 in a segment. */
export function isObjectKey(key: string): boolean {
  return key.length <= MAX_KEY_LENGTH && key.split('/').every(isSegment);
}

/** Throws InvalidError unless the text is a key. */
export function checkObjectKey(key: string): void {
  if (!isObjectKey(key)) {
    throw new InvalidError(
      `"${shown(key)}" is not an object key: segments of A-Z a-z 0-9 . _ = + - separated by single slashes, none of them "." or "..".`,
      { subject: 'key' },
    );
  }
}

/** Throws InvalidError unless some key could begin with the text: nothing, whole segments, or whole segments and the start of one. */
export function checkKeyPrefix(prefix: string): void {
  const whole = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
  const dots = prefix === '.' || prefix === '..' || prefix.endsWith('/.') || prefix.endsWith('/..');
  const completed = dots ? `${prefix}_` : whole;
  if (prefix !== '' && !isObjectKey(completed)) {
    throw new InvalidError(`No object key can begin with "${shown(prefix)}".`, { subject: 'prefix' });
  }
}

function isSegment(segment: string): boolean {
  return segment.length <= MAX_SEGMENT_LENGTH && segment !== '.' && segment !== '..' && SEGMENT.test(segment);
}

/** Hostile text goes into a message cut short and without control characters. */
function shown(text: string): string {
  return JSON.stringify(text.slice(0, 80)).slice(1, -1);
}
