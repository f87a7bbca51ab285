/** An event as CloudEvents 1.0 names its parts; `data` is JSON. */
export interface DomainEvent<T = unknown> {
  /** Unique; consumers use it to do each effect once. */
  readonly id: string;
  /** `frombork.<context>.<event>`, e.g. `frombork.product.published`. Also the subject on the bus. */
  readonly type: string;
  /** Service that raised it, e.g. `acquisition`. */
  readonly source: string;
  /** What it is about, e.g. `sentinel-2-l1c/S2A_MSIL1C_…`. */
  readonly subject: string;
  readonly time: Date;
  /** Request id of the work that caused it, carried through logs. */
  readonly requestId?: string;
  readonly data: T;
}
