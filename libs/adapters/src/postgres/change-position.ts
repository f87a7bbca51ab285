import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidError } from '#domain/errors.js';

/** A place in the order of changes. */
export interface ChangePlace {
  /** Whether it is among the rows a dump brought along, which come first. */
  readonly restored: boolean;
  /** Transaction and number, as text: both are 64 bits wide. */
  readonly xid: string;
  readonly seq: string;
  /** While a reader goes through for the first time: the transactions that had ended when it began; '0' once it has reached an end. */
  readonly firstUntil: string;
}

/** The greatest number of a change. */
export const LAST_SEQ = '9223372036854775807';

const MAC_BYTES = 12;
const MAX_LENGTH = 400;

/** Makes and reads the positions of the change feed: signed, and good for one epoch of the catalogue. */
export class ChangePositions {
  private readonly secret: string;

  constructor(secret: string) {
    this.secret = secret;
  }

  write({ restored, xid, seq, firstUntil }: ChangePlace, epoch: string): string {
    const body = Buffer.from(`${epoch} ${restored ? 1 : 0} ${xid} ${seq} ${firstUntil}`);
    return Buffer.concat([this.sign(body), body]).toString('base64url');
  }

  /** Throws InvalidError (subject `after`) for a position not given here, and for one of an earlier epoch. */
  read(position: string, epoch: string): ChangePlace {
    const bytes = Buffer.from(position.slice(0, MAX_LENGTH), 'base64url');
    const [mac, body] = [bytes.subarray(0, MAC_BYTES), bytes.subarray(MAC_BYTES)];
    if (mac.length < MAC_BYTES || !timingSafeEqual(mac, this.sign(body))) {
      throw new InvalidError('This position in the changes was not given here; start again from the beginning.', {
        subject: 'after',
      });
    }
    const [of = '', restored, xid = '', seq = '', firstUntil = '0'] = body.toString().split(' ');
    if (of !== epoch) {
      throw new InvalidError(
        'The catalogue was restored or moved since this position in its changes was given; start again from the beginning.',
        { subject: 'after' },
      );
    }
    return { restored: restored === '1', xid, seq, firstUntil };
  }

  private sign(body: Uint8Array): Buffer {
    const hmac = createHmac('sha256', `changes ${this.secret}`).update(body);
    return hmac.digest().subarray(0, MAC_BYTES);
  }
}
