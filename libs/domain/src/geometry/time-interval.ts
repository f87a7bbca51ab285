/** A closed interval of UTC instants; an absent end is open. An instant has both ends equal. */
export interface TimeInterval {
  readonly start?: Date;
  readonly end?: Date;
}
