import { InvalidError } from '#domain/errors.js';

/** What acknowledging a message means: the messages up to it, where the change feed goes on, and the products whose creation they told. */
export interface Acknowledgement {
  readonly count: number;
  readonly position: string;
  readonly reached: Date;
  readonly created: readonly string[];
}

const PATTERN = /^(\d{1,15}) (\d{1,15}) ([\w-]{1,400}) ((?:[0-9a-f-]{36},?){0,20})$/;

/** An `AckId`: opaque to clients, safe in an address. */
export function writeAckId({ count, position, reached, created }: Acknowledgement): string {
  return Buffer.from(`${count} ${reached.getTime()} ${position} ${created.join(',')}`).toString('base64url');
}

/** Throws InvalidError (subject `$ackid`). */
export function parseAckId(text: string): Acknowledgement {
  const plain = Buffer.from(text.slice(0, 4000), 'base64url').toString('latin1');
  const [, count, reached, position, created] = PATTERN.exec(plain) ?? [];
  if (count === undefined || reached === undefined || position === undefined || created === undefined) {
    throw new InvalidError('$ackid is the AckId of a message that was read.', { subject: '$ackid' });
  }
  return {
    count: Number(count),
    position,
    reached: new Date(Number(reached)),
    created: created.split(',').filter((uuid) => uuid !== ''),
  };
}
