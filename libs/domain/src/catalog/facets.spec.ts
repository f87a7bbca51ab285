import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '../errors.js';
import { FACETS, findFacets } from './facets.js';
import { findQueryable } from './queryables.js';

describe('facets', () => {
  it('are calendar parts or queryables of a fitting type', () => {
    for (const { name, kind } of FACETS.filter((facet) => facet.kind !== 'time')) {
      const type = findQueryable(name)?.type;
      expect([
        name,
        kind === 'list' ? type === 'strings' : kind === 'decile' ? type === 'number' : type !== undefined,
      ]).toEqual([name, true]);
    }
  });

  it('are found in any case, each once, in the order asked', () => {
    expect(
      findFacets(['CLOUDCOVER', 'month', 'Month', 'polarisations']).map(({ name, kind }) => `${name} ${kind}`),
    ).toEqual(['cloudCover decile', 'month time', 'polarisations list']);
  });

  it('are refused where there is none of that name or too many are asked', () => {
    expect(() => findFacets(['week'])).toThrow(InvalidError);
    expect(() => findFacets(FACETS.slice(0, 13).map(({ name }) => name))).toThrow(/12 at most/);
  });
});
