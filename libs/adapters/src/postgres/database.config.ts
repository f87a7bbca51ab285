import { z } from 'zod';

/** Where the catalogue is kept: a PostgreSQL server where DATABASE_URL is given, else an embedded one under FROMBORK_DATA. */
export const databaseConfig = z.object({
  FROMBORK_DATA: z
    .string()
    .default('./data')
    .describe('Folder of the embedded stores; the database is under `database`.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL 15+ with PostGIS 3.3+, e.g. postgres://user:secret@db/frombork; absent: the embedded one.'),
  DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(10)
    .describe('Connections each process keeps at most; the embedded database takes at most 5.'),
  DATABASE_STATEMENT_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(3_600_000)
    .default(30_000)
    .describe('Longest a statement may take before it is cancelled and answered as a timeout.'),
  OUTBOX_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(30)
    .describe('Published events and the memory of handled ones are removed after so many days.'),
});

/** The validated environment of the database. */
export type DatabaseConfig = z.infer<typeof databaseConfig>;
