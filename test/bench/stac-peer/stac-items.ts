/** The items of a STAC API, page by page as the service writes them; one JSON document a line. */
export async function* stacItems(api: string, limit: number): AsyncGenerator<string> {
  let next: string | undefined = `${api}/search?limit=1000`;
  for (let given = 0; next !== undefined && given < limit;) {
    const page: ItemPage = await askJson<ItemPage>(next);
    for (const item of page.features.slice(0, limit - given)) yield `${JSON.stringify(item)}\n`;
    given += page.features.length;
    next = page.links.find(({ rel }) => rel === 'next')?.href;
  }
}

/** The collections of a STAC API. */
export async function stacCollections(api: string): Promise<readonly object[]> {
  return (await askJson<{ collections: readonly object[] }>(`${api}/collections?limit=1000`)).collections;
}

/** A page of items, as far as the bench reads it. */
export interface ItemPage {
  readonly features: readonly { readonly id: string; readonly collection: string }[];
  readonly links: readonly { readonly rel: string; readonly href: string; readonly body?: object }[];
  readonly numberMatched?: number;
}

/** Asks for JSON by GET, or by POST where there is a body; throws with the answer where it is an error. */
export async function askJson<T>(url: string, body?: object): Promise<T> {
  return JSON.parse(await askText(url, body)) as T;
}

/** The same, unread and never compressed. */
export async function askText(url: string, body?: object): Promise<string> {
  const headers = { 'accept-encoding': 'identity', 'content-type': 'application/json' };
  const asked = body === undefined ? undefined : JSON.stringify(body);
  const answer = await fetch(url, asked === undefined ? { headers } : { method: 'POST', headers, body: asked });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} ${asked?.slice(0, 300)}: ${answer.status} ${text.slice(0, 500)}`);
  return text;
}
