import type { Rendering } from './rendering.js';

/** Ground range detected: backscatter, as power. */
export const SENTINEL_1_GRD_RENDERINGS: readonly Rendering[] = [
  {
    ...decibels('vv', 'VV', -20, 0),
    title: 'Backscatter, VV (HH over polar regions), dB',
    fallsBack: true,
  },
  decibels('vh', 'VH', -26, -5),
  {
    name: 'rgb-ratio',
    title: 'VV, VH and their ratio',
    description: 'Red: VV, green: VH, blue: VH/VV, saturated by a fifth, toned and brightened.',
    quantity: 'power',
    formula: {
      variables: [
        { name: 'r', value: '2.9 * VV' },
        { name: 'g', value: '16 * VH' },
        { name: 'b', value: '1.6 * VH / VV' },
        { name: 'grey', value: '(r + g + b) / 3 * (1 - 1.2)' },
        { name: 'rs', value: 'max(grey + 1.2 * r, 0)' },
        { name: 'gs', value: 'max(grey + 1.2 * g, 0)' },
        { name: 'bs', value: 'max(grey + 1.2 * b, 0)' },
      ],
      colouring: { kind: 'rgb', red: toned('rs'), green: toned('gs'), blue: toned('bs') },
    },
  },
];

function decibels(name: string, band: string, low: number, high: number): Rendering {
  return {
    name,
    title: `Backscatter, ${band}, dB`,
    description: `${band} from ${low} dB (black) to ${high} dB (white).`,
    quantity: 'power',
    formula: { colouring: { kind: 'grey', value: `max(0, stretch(db(${band}), ${low}, ${high}))` } },
  };
}

/** Global tone mapping with the white point 3, then a gamma of 0.8. */
function toned(value: string): string {
  return `(${value} * (1 + ${value} / 9) / (1 + ${value})) ^ 0.8`;
}
