/** What an event bus says to the log. */
export interface BusLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** A log nobody reads. */
export const silentLog: BusLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
