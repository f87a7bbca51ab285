import { describe, expect, it } from '@jest/globals';
import { SENTINEL_2 } from '#test/support/sample-products.js';
import { writeItem } from './item.js';
import { parseFields, selectFields } from './stac-fields.js';

const item = writeItem(SENTINEL_2, 'https://mirror.example');
const DEFAULTS = ['assets', 'bbox', 'collection', 'geometry', 'id', 'links', 'properties', 'stac_version', 'type'];
const ALWAYS = ['collection', 'id', 'stac_version', 'type'];
const select = (text: string) => selectFields(item, parseFields(text)) as Record<string, Record<string, unknown>>;
const keys = (value: object | undefined) => Object.keys(value ?? {}).toSorted();

describe('the Fields extension', () => {
  it('leaves a valid Item where nothing is named', () => {
    expect(keys(select(''))).toEqual(DEFAULTS);
    expect(select('')['properties']).toEqual({ datetime: item.properties['datetime'] });
    expect(selectFields(item, { include: [], exclude: ['geometry'] })).not.toHaveProperty(['properties', 'gsd']);
  });

  it('gives what is included, with or without its "properties.", and what an item is known by', () => {
    expect(keys(select('geometry'))).toEqual([...ALWAYS, 'geometry'].toSorted());
    expect(keys(select('properties.eo:cloud_cover,+gsd')['properties'])).toEqual(['eo:cloud_cover', 'gsd']);
    expect(select('properties')['properties']).toEqual(item.properties);
    expect(select('assets.B01.href')['assets']).toEqual({ B01: { href: item.assets['B01']?.href } });
  });

  it('takes away what is excluded from all there is', () => {
    expect(keys(select('-geometry,-links'))).toEqual(keys(item).filter((key) => key !== 'geometry' && key !== 'links'));
    expect(select('-properties.datetime')['properties']).toHaveProperty('gsd');
    expect(select('-properties.datetime')['properties']).not.toHaveProperty('datetime');
    expect(keys(select('-assets.B01')['assets'])).toEqual(keys(item.assets).filter((key) => key !== 'B01'));
    expect(select('-properties.nothing,-nothing.at.all')).toEqual(item);
  });

  it('lets what is included win over what is excluded, unless the excluded is within it', () => {
    expect(select('+geometry,-geometry')).toHaveProperty('geometry');
    expect(select('-properties,properties.gsd')['properties']).toEqual({ gsd: 10 });
    expect(select('properties,-properties.datetime')['properties']).not.toHaveProperty('datetime');
  });

  it('knows signs, blanks for them, and names nobody has', () => {
    expect(parseFields(' id, properties.gsd,-links,-,')).toEqual({
      include: ['id', 'properties.gsd'],
      exclude: ['links'],
    });
    expect(keys(select('__proto__,constructor.name,toString'))).toEqual(ALWAYS);
  });

  it('leaves the item itself as it was', () => {
    const before = JSON.stringify(item);
    select('-assets,-properties.datetime');
    expect(JSON.stringify(item)).toBe(before);
  });
});
