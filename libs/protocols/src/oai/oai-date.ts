import { OaiError } from './oai-error.js';

const UTC = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)Z)?$/;
const DAY_MS = 86_400_000;

/** The instants `from` and `until` name, `until` as the first instant after what it includes; in one granularity (OAI-PMH 2.0 §2.7.1, §3.3). Throws OaiError. */
export function parseOaiPeriod(
  from: string | undefined,
  until: string | undefined,
): { readonly from?: Date; readonly before?: Date } {
  const period = { ...parseFrom(from), ...parseUntil(until) };
  if (from === undefined || until === undefined) return period;
  if (from.length !== until.length) throw new OaiError('badArgument', 'from and until must have the same granularity.');
  if (from > until) throw new OaiError('badArgument', 'from must not be later than until.');
  return period;
}

function parseFrom(from: string | undefined) {
  return from === undefined ? {} : { from: parseOaiDate('from', from) };
}

function parseUntil(until: string | undefined) {
  if (until === undefined) return {};
  const step = until.includes('T') ? 1_000 : DAY_MS;
  return { before: new Date(parseOaiDate('until', until).getTime() + step) };
}

function parseOaiDate(name: string, text: string): Date {
  const date = UTC.test(text) ? new Date(text.includes('T') ? text : `${text}T00:00:00Z`) : undefined;
  // Date takes 31 February as 2 or 3 March.
  if (date === undefined || Number.isNaN(date.getTime()) || !writeOaiDate(date).startsWith(text)) {
    throw new OaiError('badArgument', `${name} must be YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.`);
  }
  return date;
}

/** An instant in whole seconds, as every datestamp is written. */
export function writeOaiDate(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
