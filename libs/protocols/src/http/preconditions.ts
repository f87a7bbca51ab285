/** What a conditional request says of entity tags: any at all (`*`), or one of these; weak ones without their `W/`. */
export type TagCondition = '*' | readonly string[];

/** If-Match or If-None-Match (RFC 9110 §13.1.1, §13.1.2); undefined where there is none. What is no tag matches nothing. */
export function parseTagCondition(header: string | undefined): TagCondition | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (text === '*') return '*';
  return [...text.matchAll(/(?:W\/)?"([^"]*)"/g)].map(([, tag = '']) => tag);
}
