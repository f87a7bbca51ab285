import { describe, expect, it } from '@jest/globals';
import { sentinel2Fields } from './sentinel2-fields.js';

describe('sentinel2Fields (STAC Sentinel-2 extension 1.0.0: no other name begins with s2:)', () => {
  it.each([
    ['tile_id', 's2:tile_id'],
    ['water_percentage', 's2:water_percentage'],
    ['quantification_value', 'safe:quantification_value'],
    ['radiometric_offsets', 'safe:radiometric_offsets'],
    ['sensing_time', 'safe:sensing_time'],
    ['cast_shadow_percentage', 'safe:cast_shadow_percentage'],
  ])('names %s %s', (fact, field) => {
    expect(sentinel2Fields({ [fact]: 1 })).toEqual({ [field]: 1 });
  });
});
