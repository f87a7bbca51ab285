import { InvalidError } from '#domain/errors.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import { parseSearchDate } from './search-date.js';

/** The interval a parameter's date stands for. Throws InvalidError naming the parameter. */
export function parseDatedParameter(text: string, parameter: string): Required<TimeInterval> {
  try {
    return parseSearchDate(text);
  } catch (cause) {
    if (!(cause instanceof InvalidError)) throw cause;
    throw new InvalidError(`${parameter}: ${cause.message}`, { subject: parameter, cause });
  }
}
