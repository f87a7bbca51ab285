/** Part of a representation: `length` bytes (at least 1) at `offset`. */
export interface ByteSpan {
  readonly offset: number;
  readonly length: number;
}

/** Ranges closer than this are sent as one: the part's own headers would cost more (RFC 9110 §15.3.7.2). */
const GAP = 128;
/** More ranges than this in one request are not worth serving apart (RFC 9110 §17.15). */
const MAX_RANGES = 64;
const SPECIFIER = /^bytes\s*=(.*)$/i;
const RANGE = /^(\d*)\s*-\s*(\d*)$/;

/**
 * Reads a Range field (RFC 9110 §14.2) against a representation of `size` bytes.
 * `ignore`: not a valid byte range, answer 200. `unsatisfiable`: answer 416. Else the spans to send, clipped to the end; near ones are coalesced.
 */
export function parseByteRanges(field: string, size: number): readonly ByteSpan[] | 'ignore' | 'unsatisfiable' {
  const spans = rangesOf(field)?.map((range) => (range ? spanOf(range[1] ?? '', range[2] ?? '', size) : 'invalid'));
  if (!spans || spans.includes('invalid')) return 'ignore';
  const satisfiable = spans.filter((span) => typeof span === 'object');
  return satisfiable.length === 0 ? 'unsatisfiable' : coalesce(satisfiable);
}

/** The members of the list, null for those that are no range; undefined where the field is not for us. */
function rangesOf(field: string): readonly (RegExpExecArray | null)[] | undefined {
  const list = SPECIFIER.exec(field.trim())?.[1]?.split(',') ?? [];
  const ranges = list.map((part) => part.trim()).filter((part) => part !== '');
  return ranges.length === 0 || ranges.length > MAX_RANGES ? undefined : ranges.map((range) => RANGE.exec(range));
}

/** undefined where the range lies past the end. Digits are unbounded, so numbers past 2^53 become clipped ends or unsatisfiable starts. */
function spanOf(first: string, last: string, size: number): ByteSpan | undefined | 'invalid' {
  if (first === '') return last === '' ? 'invalid' : suffixOf(Number(last), size);
  const from = Number(first);
  const to = last === '' ? Infinity : Number(last);
  if (to < from) return 'invalid';
  if (from >= size) return undefined;
  return { offset: from, length: Math.min(to, size - 1) - from + 1 };
}

function suffixOf(length: number, size: number): ByteSpan | undefined {
  const sent = Math.min(length, size);
  return sent === 0 ? undefined : { offset: size - sent, length: sent };
}

/** Keeps the client's order unless ranges overlap or nearly touch; then ascending, merged. */
function coalesce(spans: readonly ByteSpan[]): readonly ByteSpan[] {
  const merged: ByteSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.offset - b.offset)) {
    const last = merged.at(-1);
    if (last && span.offset <= last.offset + last.length + GAP) {
      const end = Math.max(last.offset + last.length, span.offset + span.length);
      merged[merged.length - 1] = { offset: last.offset, length: end - last.offset };
    } else merged.push(span);
  }
  return merged.length === spans.length ? spans : merged;
}
