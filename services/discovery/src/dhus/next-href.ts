import type { HubRequest } from './hub-resource.js';

/** Address of the rest of a feed the service ended: the same request, further on. */
export function nextHref({ parameters, root }: HubRequest, path: string, skip: number): string {
  const kept = [...parameters].filter(([name]) => name !== '$skip' && name !== '$skiptoken');
  const query = [...kept, ['$skip', String(skip)] as const].map(
    ([name, value]) => `${encodeURIComponent(name).replace('%24', '$')}=${encodeURIComponent(value)}`,
  );
  return `${root}/${path}?${query.join('&')}`;
}
