import type { TransactionStatus } from './wire-message.js';

/** Somebody who takes turns on the one session. */
export interface SessionUser {
  /** Called where the user held a transaction open too long while others waited; it has been rolled back. */
  readonly evict: () => void;
}

/** What a turn did to the session; undefined leaves it as it was. */
type Turn = () => Promise<TransactionStatus | undefined>;

interface Waiting {
  readonly user: SessionUser;
  readonly turn: Turn;
}

/** Lets many users share one session: turns one after the other, and whoever has a transaction open alone until it ends. */
export class SessionQueue {
  private readonly waiting: Waiting[] = [];
  private readonly rollback: () => Promise<void>;
  private readonly idleLimitMs: number;
  private owner: SessionUser | undefined;
  private busy = false;
  private idle: NodeJS.Timeout | undefined;

  /** `idleLimitMs`: as idle_in_transaction_session_timeout, but only while others wait. */
  constructor(rollback: () => Promise<void>, idleLimitMs: number) {
    this.rollback = rollback;
    this.idleLimitMs = idleLimitMs;
  }

  /** Takes a turn when it is due; resolves when it is over. */
  enter(user: SessionUser, turn: Turn): Promise<void> {
    return new Promise((resolve, reject) => {
      const settled = async () => {
        try {
          const status = await turn();
          resolve();
          return status;
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return undefined;
        }
      };
      this.waiting.push({ user, turn: settled });
      this.pump();
    });
  }

  /** Ends what the user has open; its turns still waiting are dropped. */
  leave(user: SessionUser): void {
    for (let i = this.waiting.length - 1; i >= 0; i--) if (this.waiting[i]?.user === user) this.waiting.splice(i, 1);
    const end = async (): Promise<TransactionStatus | undefined> => {
      if (this.owner !== user) return undefined;
      await this.rollback();
      return 'I';
    };
    this.waiting.push({ user, turn: end });
    this.pump();
  }

  private pump(): void {
    if (this.busy) return;
    const next = this.waiting.findIndex(({ user }) => this.owner === undefined || this.owner === user);
    if (next < 0) return this.watchIdleOwner();
    clearTimeout(this.idle);
    this.idle = undefined;
    const [{ user, turn }] = this.waiting.splice(next, 1) as [Waiting];
    this.busy = true;
    void turn().then((status) => {
      if (status !== undefined) this.owner = status === 'I' ? undefined : user;
      this.busy = false;
      // Sockets are read between turns.
      setImmediate(() => this.pump());
    });
  }

  private watchIdleOwner(): void {
    const { owner } = this;
    if (owner === undefined || this.waiting.length === 0 || this.idle !== undefined) return;
    this.idle = setTimeout(() => {
      this.idle = undefined;
      if (this.owner !== owner || this.busy) return;
      owner.evict();
      this.leave(owner);
    }, this.idleLimitMs);
  }
}
