import { InvalidError } from '#domain/errors.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import { parseInstant } from '../stac/stac-datetime.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MINUTES = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(Z|[+-]\d{2}:?\d{2})?$/;
const ZONE = /(Z|[+-]\d{2}:?\d{2})$/;

/**
 * A date or date-time of a search (OGC 10-032r8 §6.5, RFC 3339) as the interval it stands for: a date is its whole day, seconds
 * and zone may be missing (UTC), as clients of the field send them. Throws InvalidError.
 */
export function parseSearchDate(text: string): Required<TimeInterval> {
  const given = text.trim().toUpperCase();
  if (DATE.test(given)) {
    const start = parseInstant(`${given}T00:00:00Z`);
    return { start, end: new Date(start.getTime() + 86_399_999) };
  }
  const [, minutes, zone = 'Z'] = MINUTES.exec(given) ?? [];
  const full = minutes === undefined ? given : `${minutes}:00${zone}`;
  const instant = parse(ZONE.test(full.slice(10)) ? full.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') : `${full}Z`, text);
  return { start: instant, end: instant };
}

function parse(normalised: string, text: string): Date {
  try {
    return parseInstant(normalised);
  } catch (cause) {
    throw new InvalidError(`"${text}" is not a date such as 2024-06-01 or 2024-06-01T10:20:30Z`, { cause });
  }
}
