import type { OpenedAdapter } from '#domain/ports/opened-adapter.js';
import { OutgoingHttp } from '#domain/ports/outgoing-http.js';
import { AllowedHosts } from './allowed-hosts.js';
import { GuardedOutgoingHttp } from './guarded-outgoing-http.js';
import type { OutgoingConfig } from './outgoing.config.js';

/** The way out to other servers, guarded. Throws InvalidError where FEDERATION_ALLOW is malformed. */
export function openOutgoingHttp({ FEDERATION_ALLOW: allow }: OutgoingConfig): OpenedAdapter {
  return {
    name: 'outgoing-http',
    ports: [[OutgoingHttp, new GuardedOutgoingHttp(new AllowedHosts(allow))]],
    notices: allow === '' ? [] : [`Private hosts and networks may be asked (FEDERATION_ALLOW): ${allow}.`],
    check: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
