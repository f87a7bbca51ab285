/** Parameters of an OGC key-value request by upper-case name; absent and empty ones are not in it. */
export type Kvp = ReadonlyMap<string, string>;

/** Reads a query string (OWS Common 06-121r9 §11.5.2): names in any case, `+` is a blank, empty parameters are tolerated, the first value of a repeated one counts. */
export function parseKvp(query: string): Kvp {
  const kvp = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const key = name.trim().toUpperCase();
    if (value !== '' && !kvp.has(key)) kvp.set(key, value);
  }
  return kvp;
}
