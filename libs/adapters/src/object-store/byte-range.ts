import { InvalidError } from '#domain/errors.js';
import type { ByteRange } from '#domain/ports/object-store.js';

/** Throws InvalidError unless offset and length are whole numbers of bytes. */
export function checkByteRange(range: ByteRange): void {
  if (!isByteCount(range.offset) || (range.length !== undefined && !isByteCount(range.length))) {
    throw new InvalidError(`Offset ${range.offset} and length ${range.length} are not whole numbers of bytes.`, {
      subject: 'range',
    });
  }
}

/** The error for a range that starts past the end; offset 0 never does, also where the object is empty. */
export function pastTheEnd(key: string, offset: number): InvalidError {
  return new InvalidError(`The range starts at byte ${offset}, past the end of ${key}.`, { subject: 'range' });
}

function isByteCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
