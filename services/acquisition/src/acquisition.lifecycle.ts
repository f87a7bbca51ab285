import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { EventBus } from '#domain/ports/event-bus.js';
import { Outbox } from '#domain/ports/outbox.js';
import { ServiceLog } from '#platform/log.js';
import { OutboxPublisher } from '#platform/outbox-publisher.js';
import { DropFolder } from './drop-folder.js';
import { IntakeQueue } from './intake-queue.js';
import { RecoverWork } from './recover-work.js';

/** Starts what runs beside the requests (recovery, the drop folder, the outbox publisher) and ends it in order. */
@Injectable()
export class AcquisitionLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly publisher: OutboxPublisher;

  constructor(
    outbox: Outbox,
    bus: EventBus,
    private readonly recover: RecoverWork,
    private readonly queue: IntakeQueue,
    private readonly drop: DropFolder,
    @Inject(ServiceLog) log: ServiceLog,
  ) {
    this.publisher = new OutboxPublisher(outbox, bus, log);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.publisher.start();
    await this.recover.execute();
    this.drop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.drop.stop();
    await this.queue.stop();
    await this.publisher.stop();
  }
}
