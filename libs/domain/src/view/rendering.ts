import type { Formula } from './formula.js';

/** A way to draw a collection: one definition for the picture, its legend, its SLD and its description. */
export interface Rendering {
  /** Style name in every protocol, unique in its collection. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Absent: the product's browse picture as it is. */
  readonly formula?: Formula;
  /** Whether the browse picture stands in for products without the bands. */
  readonly fallsBack?: boolean;
  /** Values the bands must be given in. */
  readonly quantity?: 'reflectance' | 'power' | 'class' | 'value';
}

/** The picture made at ingest, for collections that have nothing else. */
export const BROWSE_RENDERING: Rendering = {
  name: 'browse',
  title: 'Browse image',
  description: 'The picture made when the product arrived.',
};
