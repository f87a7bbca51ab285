/** A tally of a day, and of all days together under the day before all others. */
const DAY = `(acquired_from at time zone 'UTC')::date`;
export const TALLY_DAY = `coalesce(${DAY}, '-infinity')`;
export const BY_DAY_AND_IN_ALL = `group by grouping sets ((collection, ${DAY}), (collection))`;
