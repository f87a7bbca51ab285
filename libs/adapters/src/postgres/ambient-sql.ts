import { AsyncLocalStorage } from 'node:async_hooks';
import type { Sql } from './sql.js';

interface Ambience {
  readonly sql: Sql;
  open: boolean;
}

/** SQL that joins a transaction opened around it: what the stores are given, so that an effect and the inbox's memory of it commit together. */
export class AmbientSql implements Sql {
  private readonly outside: Sql;
  private readonly ambience = new AsyncLocalStorage<Ambience>();

  constructor(outside: Sql) {
    this.outside = outside;
  }

  query<Row extends object>(text: string, parameters?: readonly unknown[], signal?: AbortSignal): Promise<Row[]> {
    return this.current().query<Row>(text, parameters, signal);
  }

  execute(text: string, parameters?: readonly unknown[]): Promise<number> {
    return this.current().execute(text, parameters);
  }

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.ambience.getStore()?.open ? this.join(work) : this.outside.transaction(work);
  }

  /** As `transaction`, and everything done through this object inside `work` is part of it. */
  join<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.current().transaction(async (sql) => {
      const ambience: Ambience = { sql, open: true };
      try {
        return await this.ambience.run(ambience, () => work(sql));
      } finally {
        // What was started here and goes on later is on its own.
        ambience.open = false;
      }
    });
  }

  /** Runs `work` outside any transaction around it. */
  apart<T>(work: () => T): T {
    return this.ambience.exit(work);
  }

  private current(): Sql {
    const ambience = this.ambience.getStore();
    return ambience?.open ? ambience.sql : this.outside;
  }
}
