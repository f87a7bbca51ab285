import type { Formula } from '#domain/view/formula.js';
import type { Rendering } from '#domain/view/rendering.js';

/** Values to compute: named ones first, then the channels made of them. */
export interface Channels {
  readonly variables: Formula['variables'];
  /** Expressions. */
  readonly channels: readonly string[];
}

/** A rendering that computes channels of any number, and the names they go by; its picture shows the first three as red, green and blue, or the first as grey. */
export function channelRendering(
  { variables = [], channels }: Channels,
  rendering: Omit<Rendering, 'formula'>,
): { readonly rendering: Rendering; readonly channels: readonly string[] } {
  const named = channels.map((value, index) => ({ name: `channel_${index}`, value }));
  const [red, green, blue] = named.map(({ name }) => name) as [string, string?, string?];
  const colouring: Formula['colouring'] =
    green !== undefined && blue !== undefined ? { kind: 'rgb', red, green, blue } : { kind: 'grey', value: red };
  return {
    rendering: { ...rendering, formula: { variables: [...variables, ...named], colouring } },
    channels: named.map(({ name }) => name),
  };
}
