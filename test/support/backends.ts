import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresDatabases, type TestDatabase } from './database.js';
import { startOwnNatsServer, type OwnNatsServer } from './nats-server.js';
import { startS3Server, type S3Server } from './s3-server.js';

/** What separate services stand on: PostgreSQL, NATS and S3, and the environment that names them. */
export interface Backends {
  readonly database: TestDatabase;
  readonly nats: OwnNatsServer;
  readonly s3: S3Server;
  /** Data folder of whoever takes products in. */
  readonly data: string;
  readonly token: string;
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const TOKEN = 'a-token-for-the-journey';

/** Starts real servers, each with nothing in it. */
export async function startBackends(): Promise<Backends> {
  const kind = postgresDatabases();
  const folder = mkdtemp(join(tmpdir(), 'frombork-backends-'));
  const [database, nats, s3, data] = await Promise.all([kind.open(), startOwnNatsServer(), startS3Server(), folder]);
  const environment = {
    DATABASE_URL: database.config.DATABASE_URL ?? '',
    NATS_URL: nats.url,
    S3_ENDPOINT: s3.endpoint,
    S3_BUCKET: s3.bucket,
    S3_REGION: s3.region,
    S3_ACCESS_KEY: s3.accessKey,
    S3_SECRET_KEY: s3.secretKey,
    FROMBORK_OPERATOR_TOKEN: TOKEN,
    FROMBORK_DATA: data,
  };
  const stop = async (): Promise<void> => {
    await Promise.allSettled([nats.stop(), s3.stop(), database.close()]);
    await kind.stop();
    await rm(data, { recursive: true, force: true });
  };
  return { database, nats, s3, data, token: TOKEN, environment, stop };
}
