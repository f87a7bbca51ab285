import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError, InvalidError, TooLargeError } from '#domain/errors.js';
import type { Intake } from '#domain/intake/intake.js';
import { IntakeStore } from '#domain/ports/intake-store.js';
import { currentRequestId } from '#platform/request-context.js';
import { ACQUISITION_CONFIG, type AcquisitionConfig } from './acquisition.config.js';
import { IntakeQueue } from './intake-queue.js';
import { unpackTar } from './unpack-tar.js';
import { WorkFolder } from './work-folder.js';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._+=-]{2,250}$/;

/** Takes an upload to local disk, durably, and queues it. A folder travels as a tar named after it. */
@Injectable()
export class ReceiveUpload {
  constructor(
    @Inject(ACQUISITION_CONFIG) private readonly config: AcquisitionConfig,
    private readonly intakes: IntakeStore,
    private readonly queue: IntakeQueue,
    private readonly folder: WorkFolder,
  ) {}

  /** Resolves once the input is safe here and its intake is queued. Throws InvalidError for bad names and cut uploads, TooLargeError. */
  async execute(name: string, body: Readable): Promise<Intake> {
    if (!NAME.test(name))
      throw new InvalidError('Name the upload after the product, e.g. S2A_….SAFE.zip (letters, digits, . _ + = -).', {
        subject: 'name',
      });
    const isFolder = name.endsWith('.tar');
    const inputName = isFolder ? name.slice(0, -'.tar'.length) : name;
    const id = randomUUID();
    const path = this.folder.inputOf(id, inputName);
    const requestId = currentRequestId();
    const intake = await this.intakes.create({
      id,
      name: inputName,
      source: 'http',
      state: 'receiving',
      path,
      holder: this.folder.holder,
      ...(requestId === undefined ? {} : { requestId }),
    });
    try {
      await mkdir(dirname(path), { recursive: true });
      await (isFolder ? this.unpack(body, path) : this.spool(body, path));
      await this.intakes.update(id, { state: 'received' });
    } catch (error) {
      await this.folder.clear(id);
      const reason = error instanceof DomainError ? error.message : 'The upload was cut short.';
      // A row that cannot be written now is ended by the next start.
      await this.intakes.update(id, { state: 'quarantined', reason }).catch(() => undefined);
      throw error;
    }
    this.queue.add({ ...intake, state: 'received' });
    return { ...intake, state: 'received' };
  }

  private async unpack(body: Readable, path: string): Promise<void> {
    await unpackTar(body, dirname(path), this.config.ACQUISITION_MAX_BYTES);
    const [name, ...others] = await readdir(dirname(path));
    if (name !== basename(path) || others.length > 0)
      throw new InvalidError(`The tar must hold one folder at its top, ${basename(path)}, as the upload is named.`);
  }

  private async spool(body: Readable, path: string): Promise<void> {
    const limit = this.config.ACQUISITION_MAX_BYTES;
    let size = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        done(size > limit ? new TooLargeError(`The upload is larger than ${limit} bytes.`) : null, chunk);
      },
    });
    await pipeline(body, count, createWriteStream(path, { flags: 'wx', flush: true, highWaterMark: 1 << 20 }));
    if (size === 0) throw new InvalidError('The upload is empty.');
  }
}
