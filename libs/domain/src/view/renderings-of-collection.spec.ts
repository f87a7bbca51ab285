import { describe, expect, it } from '@jest/globals';
import { SENTINEL_COLLECTIONS } from '../collection/sentinel-collections.js';
import { colourAt, ramp } from './colour-ramp.js';
import { bandsOfFormula } from './formula.js';
import { renderingsOf } from './renderings-of-collection.js';

const COLLECTIONS = [...SENTINEL_COLLECTIONS.map(({ id }) => id), 'copernicus-dem-glo-30'];

describe('renderings', () => {
  it.each(COLLECTIONS)('%s has some, each with a name of its own and formulas that can be read', (collection) => {
    const renderings = renderingsOf(collection);
    expect(renderings.length).toBeGreaterThan(0);
    expect(new Set(renderings.map(({ name }) => name)).size).toBe(renderings.length);
    for (const { formula } of renderings) if (formula) expect(bandsOfFormula(formula).length).toBeGreaterThan(0);
  });

  it('has ramps in ascending order', () => {
    for (const { name, formula } of COLLECTIONS.flatMap(renderingsOf)) {
      if (formula?.colouring.kind !== 'ramp') continue;
      const values = formula.colouring.ramp.map(({ value }) => value);
      expect([name, values]).toEqual([name, values.toSorted((a, b) => a - b)]);
    }
  });

  it.each([
    ['sentinel-2-l1c', 'true-colour', ['B04', 'B03', 'B02']],
    ['sentinel-2-l2a', 'natural-colour', ['B04', 'B03', 'B02']],
    ['sentinel-2-l2a', 'scene-classification', ['SCL']],
    ['sentinel-1-grd', 'rgb-ratio', ['VV', 'VH']],
    ['sentinel-3-slstr-2-lst', 'lst', ['LST']],
    ['sentinel-5p-l2-no2', 'no2', ['NO2']],
    ['sentinel-5p-l2-o3-tcl', 'browse', undefined],
    ['sentinel-5p-l2-aer-ai', 'aer-ai', ['AER_AI']],
  ])('%s as %s reads %j', (collection, style, bands) => {
    const rendering = renderingsOf(collection).find(({ name }) => name === style);
    expect(rendering).toBeDefined();
    expect(rendering?.formula && bandsOfFormula(rendering.formula)).toEqual(bands);
  });
});

describe('colour ramps', () => {
  it.each([
    [-9, 0x000000],
    [0, 0x000000],
    [0.5, 0x80407f],
    [1, 0xff80fe],
    [9, 0xff80fe],
  ])('%d is %d', (value, colour) => {
    expect(colourAt(ramp('0 000000, 1 ff80fe'), value)).toBe(colour);
  });
});
