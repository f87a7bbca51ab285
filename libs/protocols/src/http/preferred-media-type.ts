/** Which of the offered media types the Accept field (RFC 9110 §12.5.1) likes best; ties go to the one offered first, and so does everything when nothing fits. */
export function preferredMediaType<T extends string>(accept: string | undefined, offered: readonly [T, ...T[]]): T {
  const ranges = (accept ?? '*/*').split(',').map(rangeOf);
  let best = offered[0];
  let bestWeight = 0;
  for (const candidate of offered) {
    const weight = weightOf(candidate, ranges);
    if (weight > bestWeight) [best, bestWeight] = [candidate, weight];
  }
  return best;
}

interface MediaRange {
  readonly type: string;
  readonly weight: number;
}

function rangeOf(text: string): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { type, weight: Number.isFinite(weight) ? weight : 0 };
}

/** The most specific range that fits decides. */
function weightOf(candidate: string, ranges: readonly MediaRange[]): number {
  const family = `${candidate.split('/')[0]}/*`;
  for (const type of [candidate, family, '*/*']) {
    const range = ranges.find((one) => one.type === type);
    if (range) return range.weight;
  }
  return 0;
}
