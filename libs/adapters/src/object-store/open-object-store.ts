import { join } from 'node:path';
import { InvalidError } from '#domain/errors.js';
import type { OpenedAdapter } from '#domain/ports/opened-adapter.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { FileObjectStore } from './file-object-store.js';
import type { ObjectStoreConfig } from './object-store.config.js';
import { S3ObjectStore } from './s3-object-store.js';

const SWEEP_MS = 6 * 3600 * 1000;

/** Opens the object store the configuration names; what interrupted puts left is removed. Throws InvalidError for missing keys, UnavailableError where it cannot be used. */
export async function openObjectStore(config: ObjectStoreConfig): Promise<OpenedAdapter> {
  if (config.S3_ENDPOINT !== undefined) return openS3(config.S3_ENDPOINT, config);
  const folder = join(config.FROMBORK_DATA, 'objects');
  const store = await FileObjectStore.open(folder);
  return {
    name: 'object-store',
    ports: [[ObjectStore, store]],
    check: () => store.check(),
    close: () => Promise.resolve(),
  };
}

async function openS3(endpoint: string, config: ObjectStoreConfig): Promise<OpenedAdapter> {
  const { S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey, S3_BUCKET: bucket, S3_REGION: region } = config;
  if (accessKey === undefined || secretKey === undefined) {
    throw new InvalidError('S3_ENDPOINT is given, so S3_ACCESS_KEY and S3_SECRET_KEY are needed too.');
  }
  const store = new S3ObjectStore({ endpoint, bucket, region, accessKey, secretKey });
  await store.ensureBucket();
  // Best effort: some keys may write but not list uploads, and another sweep follows.
  const sweep = () => void store.sweep().catch(() => undefined);
  sweep();
  const timer = setInterval(sweep, SWEEP_MS).unref();
  return {
    name: 'object-store',
    ports: [[ObjectStore, store]],
    check: () => store.check(),
    close: () => Promise.resolve(clearInterval(timer)),
  };
}
