const FORM =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** The first or last moment of a date of ISO 8601, to whatever precision it is given; UTC unless it says otherwise. Undefined where it is none. */
export function resolveDate(text: string, side: 'first' | 'last'): Date | undefined {
  const match = FORM.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour] = match;
  if (hour !== undefined) return validDate(/(Z|[+-]\d{2}:\d{2})$/.test(text.trim()) ? text.trim() : `${text.trim()}Z`);
  const first = validDate(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`);
  if (side === 'first' || first === undefined) return first;
  const next = new Date(first);
  if (day !== undefined) next.setUTCDate(next.getUTCDate() + 1);
  else if (month !== undefined) next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCFullYear(next.getUTCFullYear() + 1);
  return new Date(next.getTime() - 1);
}

function validDate(text: string): Date | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
