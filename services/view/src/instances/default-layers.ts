import type { Rendering } from '#domain/view/rendering.js';
import type { ViewLayer } from '../view-layer.js';
import { channelRendering } from './channel-rendering.js';
import type { InstanceLayer } from './instance.js';

/** Names Sentinel Hub's users know, for renderings whose own name in capitals is another. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'true-colour': ['TRUE-COLOR'],
  'natural-colour': ['NATURAL-COLOR'],
  'false-colour': ['FALSE-COLOR'],
  'false-colour-urban': ['FALSE-COLOR-URBAN'],
  ndmi: ['MOISTURE-INDEX', 'NDMI'],
};

/** What layers of a collection end in; a name without it is that of the first of these collections that has it. */
const SUFFIXES: ReadonlyMap<string, string> = new Map([
  ['sentinel-2-l2a', 'S2-L2A'],
  ['sentinel-2-l1c', 'S2-L1C'],
  ['sentinel-1-grd', 'S1-GRD'],
  ['sentinel-3-olci-1-efr', 'S3-OLCI'],
  ['sentinel-3-slstr-2-lst', 'S3-SLSTR-LST'],
]);

const L1C_BANDS = ['B01', 'B02', 'B03', 'B04', 'B05', 'B06', 'B07', 'B08', 'B8A', 'B09', 'B10', 'B11', 'B12'];

/** All bands of a collection, in Sentinel Hub's order. */
const BANDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['sentinel-2-l1c', L1C_BANDS],
  ['sentinel-2-l2a', L1C_BANDS.filter((band) => band !== 'B10')],
  ['sentinel-1-grd', ['VV', 'VH']],
]);

/** The layers of the instance that is always there: every rendering of every collection, as `TRUE-COLOR-S2-L2A` and as `TRUE-COLOR`, and all bands as `BANDS-S2-L2A`. */
export function defaultLayers(layers: readonly ViewLayer[]): readonly InstanceLayer[] {
  const known = [...SUFFIXES.keys()];
  const place = ({ name }: ViewLayer): number => (known.includes(name) ? known.indexOf(name) : known.length);
  const sorted = layers.toSorted((a, b) => place(a) - place(b));
  const suffixed = sorted.flatMap((layer) => layersOf(layer));
  const short = new Map<string, InstanceLayer>();
  for (const { base, layer } of suffixed) {
    if (!short.has(base)) short.set(base, { ...layer, name: base });
  }
  return [...short.values(), ...suffixed.map(({ layer }) => layer)];
}

interface NamedLayer {
  /** Without what tells the collection. */
  readonly base: string;
  readonly layer: InstanceLayer;
}

function layersOf({ name: collection, title, styles }: ViewLayer): readonly NamedLayer[] {
  const suffix = SUFFIXES.get(collection) ?? collection.replace(/^sentinel-/, 'S').toUpperCase();
  const styled = styles.flatMap((rendering) =>
    (NAMES[rendering.name] ?? [rendering.name.toUpperCase()]).map((base): NamedLayer => {
      const layer = { name: `${base}-${suffix}`, title: `${title}: ${rendering.title}`, collection, rendering };
      return { base, layer };
    }),
  );
  const bands = BANDS.get(collection);
  if (bands === undefined) return styled;
  const made = channelRendering({ variables: [], channels: bands }, bandsRendering(styles));
  return [
    ...styled,
    { base: 'BANDS', layer: { name: `BANDS-${suffix}`, title: `${title}: bands`, collection, ...made } },
  ];
}

function bandsRendering(styles: readonly Rendering[]): Omit<Rendering, 'formula'> {
  const quantity = quantityOf(styles);
  return { name: 'bands', title: 'Bands', description: 'All bands, as they are.', ...(quantity && { quantity }) };
}

/** What a collection's own formulas work with. */
export function quantityOf(styles: readonly Rendering[]): Rendering['quantity'] {
  return styles.find(({ formula, quantity }) => formula !== undefined && quantity !== 'class')?.quantity ?? 'value';
}
