const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const IMF = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const RFC850 = /^[A-Z][a-z]+day, (\d{2})-([A-Z][a-z]{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/;

/** Reads an HTTP-date (RFC 9110 §5.6.7) in any of its three forms; undefined where it is none, which recipients must ignore. */
export function parseHttpDate(text: string): Date | undefined {
  const value = text.trim();
  const imf = IMF.exec(value);
  if (imf) return dateOf(imf[3], imf[2], imf[1], imf.slice(4));
  const rfc850 = RFC850.exec(value);
  if (rfc850) return dateOf(fullYear(Number(rfc850[3])), rfc850[2], rfc850[1], rfc850.slice(4));
  const asctime = ASCTIME.exec(value);
  if (asctime) return dateOf(asctime[6], asctime[1], asctime[2], asctime.slice(3, 6));
  return undefined;
}

/** Writes an IMF-fixdate (RFC 9110 §5.6.7), whole seconds. */
export function writeHttpDate(date: Date): string {
  return date.toUTCString();
}

function dateOf(
  year: string | number | undefined,
  month: string | undefined,
  day: string | undefined,
  time: string[],
): Date | undefined {
  const monthIndex = MONTHS.indexOf(month ?? '');
  const [hours, minutes, seconds] = time.map(Number);
  if (monthIndex < 0) return undefined;
  const date = new Date(Date.UTC(Number(year), monthIndex, Number(day), hours, minutes, seconds));
  return date.getUTCMonth() === monthIndex ? date : undefined;
}

/** A two-digit year more than 50 years ahead is of the last century (RFC 9110 §5.6.7); a fixed pivot does for validators of files. */
function fullYear(twoDigits: number): number {
  return twoDigits < 70 ? 2000 + twoDigits : 1900 + twoDigits;
}
