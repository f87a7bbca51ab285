import { describe, expect, it } from '@jest/globals';
import { SENTINEL_2 } from '#test/support/sample-products.js';
import { writeItem } from './item.js';
import { parseFields, selectFields } from './stac-fields.js';

const item = writeItem(SENTINEL_2, 'https://mirror.example');
const DEFAULTS = ['assets', 'bbox', 'collection', 'geometry', 'id', 'links', 'properties', 'stac_version', 'type'];
const select = (text: string) => selectFields(item, parseFields(text)) as Record<string, Record<string, unknown>>;
const keys = (value: object | undefined) => Object.keys(value ?? {}).toSorted();

describe('the Fields extension', () => {
  it('leaves a valid Item where nothing or little is asked for', () => {
    for (const text of ['', 'id', 'type,geometry']) {
      expect(keys(select(text))).toEqual(DEFAULTS);
      expect(keys(select(text)['properties'])).toEqual(['datetime']);
    }
  });

  it('adds what is included, with or without its "properties."', () => {
    const wanted = ['datetime', 'eo:cloud_cover', 'gsd'];
    expect(keys(select('properties.eo:cloud_cover,+gsd')['properties'])).toEqual(wanted);
    expect(select('properties')['properties']).toEqual(item.properties);
    expect(keys(select('assets.B01.href')['assets'])).toEqual(keys(item.assets));
    expect(select('stac_extensions')['stac_extensions']).toEqual(item.stac_extensions);
  });

  it('takes away what is excluded', () => {
    expect(keys(select('-geometry,-links'))).toEqual(DEFAULTS.filter((key) => key !== 'geometry' && key !== 'links'));
    expect(select('properties,-properties.datetime')['properties']).not.toHaveProperty('datetime');
    expect(keys(select('-assets.B01')['assets'])).toEqual(keys(item.assets).filter((key) => key !== 'B01'));
    expect(select('-properties.nothing,-nothing.at.all')).toEqual(select(''));
  });

  it('knows signs, blanks for them, and names nobody has', () => {
    expect(parseFields(' id, properties.gsd,-links,-,')).toEqual({
      include: ['id', 'properties.gsd'],
      exclude: ['links'],
    });
    expect(select('__proto__,constructor.name,toString')).toEqual(select(''));
  });

  it('leaves the item itself as it was', () => {
    const before = JSON.stringify(item);
    select('-assets,-properties.datetime');
    expect(JSON.stringify(item)).toBe(before);
  });
});
