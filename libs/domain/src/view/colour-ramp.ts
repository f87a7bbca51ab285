/** A colour at a value; 0xRRGGBB. Between two stops colours are mixed linearly, beyond the ends they stay. */
export interface ColourStop {
  readonly value: number;
  readonly colour: number;
}

/** A colour of one value, and what it means. */
export interface ColourClass {
  readonly value: number;
  readonly colour: number;
  readonly title: string;
}

/** Stops in ascending order, two at least. */
export type ColourRamp = readonly ColourStop[];

/** A ramp from text: `-0.8 008000, 0 ffffff` (value, hexadecimal colour). */
export function ramp(text: string): ColourRamp {
  return text.split(',').map((stop) => {
    const [value, colour] = stop.trim().split(' ');
    return { value: Number(value), colour: Number.parseInt(colour ?? '', 16) };
  });
}

/** The same ramp over another range: the stops of `fractions` are from 0 to 1. */
export function rampOver(fractions: ColourRamp, min: number, max: number): ColourRamp {
  return fractions.map(({ value, colour }) => ({ value: min + value * (max - min), colour }));
}

/** The colour of a value, as 0xRRGGBB. */
export function colourAt(stops: ColourRamp, value: number): number {
  const after = stops.findIndex((stop) => stop.value >= value);
  if (after <= 0) return (after === 0 ? stops[0]! : stops.at(-1)!).colour;
  const [from, to] = [stops[after - 1]!, stops[after]!];
  const share = (value - from.value) / (to.value - from.value);
  const mix = (shift: number): number => {
    const [a, b] = [(from.colour >> shift) & 255, (to.colour >> shift) & 255];
    return Math.round(a + (b - a) * share) << shift;
  };
  return mix(16) | mix(8) | mix(0);
}
