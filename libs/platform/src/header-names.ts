import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** Has a response name its header fields as standards write them (`Content-Type`): case means nothing, but OGC's suites and old scripts compare it. */
export function writeNamesInTitleCase(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response);
  response.writeHead = ((status: number, ...more: readonly unknown[]) => {
    const [given] = more.slice(-1);
    const isHeaders = given !== null && typeof given === 'object' && !Array.isArray(given);
    const headers = isHeaders ? [...more.slice(0, -1), inTitleCase(given as OutgoingHttpHeaders)] : more;
    return (writeHead as (...all: readonly unknown[]) => ServerResponse)(status, ...headers);
  }) as typeof response.writeHead;
}

const KEPT: ReadonlyMap<string, string> = new Map([['etag', 'ETag'], ['www-authenticate', 'WWW-Authenticate']]); // prettier-ignore

function inTitleCase(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [titleCase(name), value]));
}

function titleCase(name: string): string {
  return KEPT.get(name.toLowerCase()) ?? name.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}
