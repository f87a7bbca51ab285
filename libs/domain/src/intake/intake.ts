/** Where an intake stands. `drawn`, `unchanged` and `quarantined` are final; `published` still has its pictures to make. */
export type IntakeState = 'receiving' | 'received' | 'published' | 'drawn' | 'unchanged' | 'quarantined';

/** One thing handed to acquisition: from arrival to catalogue or quarantine. The row is written first; every step after a crash starts from it. */
export interface Intake {
  /** UUID. */
  readonly id: string;
  /** Name as it came, e.g. `S2A_….SAFE.zip`. */
  readonly name: string;
  /** `drop`, `http`, or the upstream's name. */
  readonly source: string;
  readonly state: IntakeState;
  /** File or folder on this host that holds the input until the intake is final. */
  readonly path: string;
  /** Host and data folder that hold `path`; only that worker can go on with it. */
  readonly holder: string;
  /** What it became. */
  readonly collection?: string;
  readonly productId?: string;
  /** Step in progress in words, and how far (0..1). */
  readonly step?: string;
  readonly progress?: number;
  /** Why it was quarantined or could not be drawn, for people. */
  readonly reason?: string;
  readonly requestId?: string;
  readonly created: Date;
  readonly updated: Date;
}
