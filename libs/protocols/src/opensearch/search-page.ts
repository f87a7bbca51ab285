import { InvalidError } from '#domain/errors.js';

/** Records on a page unless asked otherwise, and the most there can be; larger pages are clamped. */
export const PAGE = { default: 50, most: 500 } as const;

/** Records of the page and how many come before it: `startRecord` has precedence over `startPage` (CEOS-BP-007). Throws InvalidError. */
export function parsePage(given: ReadonlyMap<string, string>): { readonly count: number; readonly offset: number } {
  const count = Math.min(wholeNumber(given, 'maximumRecords', 0) ?? PAGE.default, PAGE.most);
  const record = wholeNumber(given, 'startRecord', 1);
  const page = wholeNumber(given, 'startPage', 1) ?? 1;
  return { count, offset: record === undefined ? (page - 1) * count : record - 1 };
}

function wholeNumber(given: ReadonlyMap<string, string>, name: string, least: number): number | undefined {
  const text = given.get(name);
  if (text === undefined) return undefined;
  const number = /^\d{1,12}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (number >= least) return number;
  throw new InvalidError(`${name}: "${text}" is not a whole number from ${least} on`, { subject: name });
}
