/** A drawn map or tile as it is kept and sent. */
export interface MapImage {
  readonly bytes: Buffer;
  readonly mediaType: string;
  /** Days drawn, newest first, `2024-05-20,2024-05-01`; empty where nothing was. */
  readonly dates: string;
  /** `drawn/considered`, with `+` where more scenes matched. */
  readonly sources: string;
  /** What stands for scenes beyond the budget: `overview`, `footprints` or both. */
  readonly fallback?: string;
  /** True where scenes are missing that another attempt may bring: good for this answer only. */
  readonly isPartial?: true;
}
