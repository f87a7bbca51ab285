/** Bounds of what runs and waits. */
export interface FairLimits {
  /** At once, all together. */
  readonly total: number;
  /** At once, of one client. */
  readonly perClient: number;
  /** Waiting, of one client. */
  readonly queued: number;
  /** How many clients' worth one group (an address) may run and wait. */
  readonly clientsPerGroup: number;
}

/** Who asks: clients of one group take turns within the turns of the group, so that inventing names gains nothing. */
export interface FairClient {
  readonly group: string;
  readonly name: string;
}

interface Turn {
  readonly start: () => void;
}

interface Share {
  running: number;
  waiting: number;
  /** When it had its last turn; who is new had none. */
  served: number;
}

const NOTHING: Readonly<Share> = { running: 0, waiting: 0, served: 0 };

interface ClientShare extends Share {
  readonly turns: Turn[];
}

interface GroupShare extends Share {
  readonly clients: Map<string, ClientShare>;
}

/**
 * Lets work begin in a fair order: at most so many at once of a client and of all. Where more want to, the group comes next that has least running,
 * of those the one whose last turn is longest ago, however many one of them has waiting; so do the clients within it.
 */
export class FairQueue {
  private readonly groups = new Map<string, GroupShare>();
  private running = 0;
  private turns = 0;

  constructor(private readonly limits: FairLimits) {}

  /** Resolves when the work may begin, to what must be called when it ends (again does nothing); undefined where the client has too many waiting. Throws the signal's reason. */
  async enter(client: FairClient, signal?: AbortSignal): Promise<(() => void) | undefined> {
    signal?.throwIfAborted();
    const { group, own } = this.sharesOf(client);
    const { queued, clientsPerGroup } = this.limits;
    const isFree = this.running < this.limits.total && own.waiting === 0 && this.mayRun(group, own);
    if (!isFree && (own.waiting >= queued || group.waiting >= queued * clientsPerGroup)) {
      this.forget(client);
      return undefined;
    }
    await this.turnOf(client, signal);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.end(client);
    };
  }

  private turnOf(client: FairClient, signal: AbortSignal | undefined): Promise<void> {
    const { group, own } = this.sharesOf(client);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        own.turns.splice(own.turns.indexOf(turn), 1);
        this.count(client, 'waiting', -1);
        this.forget(client);
        reject(signal?.reason as Error);
      };
      const turn: Turn = {
        start: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      own.turns.push(turn);
      group.clients.set(client.name, own);
      this.count(client, 'waiting', 1);
      this.begin();
    });
  }

  private end(client: FairClient): void {
    this.running -= 1;
    this.count(client, 'running', -1);
    this.forget(client);
    this.begin();
  }

  private begin(): void {
    while (this.running < this.limits.total) {
      const next = this.next();
      if (next === undefined) return;
      this.running += 1;
      this.turns += 1;
      for (const share of [next.group, next.own]) {
        share.waiting -= 1;
        share.running += 1;
        share.served = this.turns;
      }
      next.own.turns.shift()?.start();
    }
  }

  private next(): { readonly group: GroupShare; readonly own: ClientShare } | undefined {
    let next: { readonly group: GroupShare; readonly own: ClientShare } | undefined;
    for (const group of this.groups.values()) {
      if (next !== undefined && !isBefore(group, next.group)) continue;
      const waiting = [...group.clients.values()].filter((own) => own.waiting > 0 && this.mayRun(group, own));
      const [own] = waiting.toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
      if (own !== undefined) next = { group, own };
    }
    return next;
  }

  private mayRun(group: GroupShare, own: ClientShare): boolean {
    const { perClient, clientsPerGroup } = this.limits;
    return own.running < perClient && group.running < perClient * clientsPerGroup;
  }

  private sharesOf(client: FairClient): { readonly group: GroupShare; readonly own: ClientShare } {
    const group = this.groups.get(client.group) ?? { ...NOTHING, clients: new Map<string, ClientShare>() };
    const own = group.clients.get(client.name) ?? { ...NOTHING, turns: [] };
    this.groups.set(client.group, group);
    group.clients.set(client.name, own);
    return { group, own };
  }

  private count(client: FairClient, what: 'running' | 'waiting', by: number): void {
    const { group, own } = this.sharesOf(client);
    group[what] += by;
    own[what] += by;
  }

  /** Who neither runs nor waits takes no memory. */
  private forget({ group: groupName, name }: FairClient): void {
    const group = this.groups.get(groupName);
    const own = group?.clients.get(name);
    if (group === undefined || own === undefined) return;
    if (own.running + own.waiting === 0) group.clients.delete(name);
    if (group.clients.size === 0) this.groups.delete(groupName);
  }
}

function isBefore(a: Share, b: Share): boolean {
  return a.running === b.running ? a.served < b.served : a.running < b.running;
}
