const DAY_SECONDS = 86_400;

/** The whole seconds, less than a day, by which moments follow each other; undefined where they are fewer than three, or do not follow evenly. */
export function evenStep(moments: readonly Date[]): number | undefined {
  const seconds = [...new Set(moments.map((moment) => moment.getTime() / 1000))].toSorted((a, b) => a - b);
  const [first, second] = seconds;
  if (first === undefined || second === undefined || seconds.length < 3) return undefined;
  const step = second - first;
  const isEven = seconds.every((moment, index) => moment === first + index * step);
  return isEven && Number.isInteger(step) && Number.isInteger(first) && step < DAY_SECONDS ? step : undefined;
}
