import { Injectable } from '@nestjs/common';
import { Outbox } from '#domain/ports/outbox.js';

/** Marks events of the outbox as not yet published, so that the publisher sends them again. Consumers that saw them do nothing twice. */
@Injectable()
export class Republish {
  constructor(private readonly outbox: Outbox) {}

  /** Returns how many events will be sent. */
  execute(since: Date | undefined): Promise<number> {
    return this.outbox.reset(since);
  }
}
