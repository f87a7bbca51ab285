/** Colours that stand for those of a picture, as 0xRRGGBB, and which one a colour is drawn in. */
export interface ChosenColours {
  readonly colours: readonly number[];
  indexOf(red: number, green: number, blue: number): number;
}

/** Colours are told apart by the upper five bits of each band. */
const BITS = 5;
const DROPPED = 8 - BITS;
const BINS = 1 << (3 * BITS);
const AXES = [2 * BITS, BITS, 0] as const;

/** What lies in each bin: how many pixels, and the sums of their bands. */
interface Histogram {
  readonly counts: Float64Array;
  readonly sums: readonly [Float64Array, Float64Array, Float64Array];
}

/** Bins that share a colour. */
interface Box {
  readonly bins: readonly number[];
  readonly count: number;
  /** Bits of the axis along which they lie farthest apart, and how far. */
  readonly axis: number;
  readonly spread: number;
}

/** Chooses at most `most` colours by median cut (Heckbert 1982) among the pixels whose alpha is at least `seen`; time and memory go by the bins, not by the colours. */
export function medianCut(pixels: Uint8Array, seen: number, most: number): ChosenColours {
  const histogram = count(pixels, seen);
  const used = Array.from({ length: BINS }, (_, bin) => bin).filter((bin) => histogram.counts[bin]! > 0);
  const boxes = [boxOf(used, histogram)];
  while (boxes.length < most) {
    const widest = widestOf(boxes);
    if (widest < 0) break;
    boxes.splice(widest, 1, ...split(boxes[widest]!, histogram));
  }
  const indices = new Uint8Array(BINS);
  boxes.forEach(({ bins }, index) => {
    for (const bin of bins) indices[bin] = index;
  });
  return {
    colours: boxes.map(({ bins }) => meanOf(bins, histogram)),
    indexOf: (red, green, blue) => indices[binOf(red, green, blue)]!,
  };
}

function binOf(red: number, green: number, blue: number): number {
  return ((red >> DROPPED) << (2 * BITS)) | ((green >> DROPPED) << BITS) | (blue >> DROPPED);
}

function count(pixels: Uint8Array, seen: number): Histogram {
  const counts = new Float64Array(BINS);
  const sums = [new Float64Array(BINS), new Float64Array(BINS), new Float64Array(BINS)] as const;
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3]! < seen) continue;
    const bin = binOf(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!);
    counts[bin]!++;
    sums[0][bin]! += pixels[at]!;
    sums[1][bin]! += pixels[at + 1]!;
    sums[2][bin]! += pixels[at + 2]!;
  }
  return { counts, sums };
}

const along = (bin: number, axis: number): number => (bin >> axis) & ((1 << BITS) - 1);

function boxOf(bins: readonly number[], { counts }: Histogram): Box {
  let [axis, spread] = [0, -1];
  for (const candidate of AXES) {
    let [low, high] = [BINS, 0];
    for (const bin of bins) {
      const value = along(bin, candidate);
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (high - low > spread) [axis, spread] = [candidate, high - low];
  }
  return { bins, axis, spread, count: bins.reduce((sum, bin) => sum + counts[bin]!, 0) };
}

/** The box whose cut helps most, or -1 where none can be cut. */
function widestOf(boxes: readonly Box[]): number {
  let [widest, worth] = [-1, 0];
  boxes.forEach(({ bins, count: pixels, spread }, index) => {
    const gain = bins.length > 1 ? pixels * spread * spread : 0;
    if (gain > worth) [widest, worth] = [index, gain];
  });
  return widest;
}

function split({ bins, axis, count: pixels }: Box, histogram: Histogram): readonly Box[] {
  const sorted = bins.toSorted((a, b) => along(a, axis) - along(b, axis));
  let [half, at] = [0, 0];
  do half += histogram.counts[sorted[at++]!]!;
  while (half < pixels / 2 && at < sorted.length - 1);
  return [boxOf(sorted.slice(0, at), histogram), boxOf(sorted.slice(at), histogram)];
}

function meanOf(bins: readonly number[], { counts, sums }: Histogram): number {
  const pixels = bins.reduce((sum, bin) => sum + counts[bin]!, 0);
  const [red, green, blue] = sums.map((band) =>
    Math.round(bins.reduce((sum, bin) => sum + band[bin]!, 0) / Math.max(1, pixels)),
  );
  return (red! << 16) | (green! << 8) | blue!;
}
