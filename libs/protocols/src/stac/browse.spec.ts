import { describe, expect, it } from '@jest/globals';
import { NotFoundError } from '#domain/errors.js';
import { browseInterval, parseBrowseSpan, partsOfDay, writeBrowseCatalog } from './browse.js';

const COLLECTION = { id: 'sentinel-2-l2a', title: 'Sentinel-2 L2A' };

describe('what a collection is divided into for browsing', () => {
  it.each([
    ['2024', 'year', '2024-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'],
    ['0050', 'year', '0050-01-01T00:00:00.000Z', '0051-01-01T00:00:00.000Z'],
    ['2024-12', 'month', '2024-12-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'],
    ['2024-02', 'month', '2024-02-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['2024-02-29', 'day', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['2024-02-29T23', 'hour', '2024-02-29T23:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['2024-02-29T23:59', 'minute', '2024-02-29T23:59:00.000Z', '2024-03-01T00:00:00.000Z'],
  ])('%s is the %s from %s up to %s', (name, unit, from, before) => {
    const span = parseBrowseSpan(name);
    expect(span.unit).toBe(unit);
    expect(browseInterval(span)).toEqual({ from: new Date(from), before: new Date(before) });
  });

  it.each([
    '20',
    '24-02',
    '2024-13',
    '2023-02-29',
    '2024-02-29T24',
    '2024-02-29T23:60',
    '2024-2-29x',
    'abcd',
    '2024-02-29T1',
  ])('refuses %s', (name) => {
    expect(() => parseBrowseSpan(name)).toThrow(NotFoundError);
  });

  it('divides a day into its hours and an hour into its minutes', () => {
    const hours = partsOfDay(parseBrowseSpan('2024-02-29'));
    expect([hours.length, hours[0], hours[23]]).toEqual([24, '2024-02-29T00', '2024-02-29T23']);
    const minutes = partsOfDay(parseBrowseSpan('2024-02-29T07'));
    expect([minutes.length, minutes[9]]).toEqual([60, '2024-02-29T07:09']);
  });

  it.each([
    ['', 'collections/sentinel-2-l2a'],
    ['2024', 'collections/sentinel-2-l2a/browse'],
    ['2024-02', 'collections/sentinel-2-l2a/browse/2024'],
    ['2024-02-29', 'collections/sentinel-2-l2a/browse/2024-02'],
    ['2024-02-29T07', 'collections/sentinel-2-l2a/browse/2024-02-29'],
    ['2024-02-29T07:09', 'collections/sentinel-2-l2a/browse/2024-02-29T07'],
  ])('says that "%s" is within %s', (name, above) => {
    const contents = { spans: [], items: [{ collection: 'sentinel-2-l2a', id: 'ONE' }] };
    expect(writeBrowseCatalog(COLLECTION, parseBrowseSpan(name), contents, 'https://mirror.example')).toMatchObject({
      type: 'Catalog',
      links: [
        { rel: 'self', href: `https://mirror.example/stac/collections/sentinel-2-l2a/browse${name && `/${name}`}` },
        { rel: 'root' },
        { rel: 'parent', href: `https://mirror.example/stac/${above}` },
        { rel: 'item', href: 'https://mirror.example/stac/collections/sentinel-2-l2a/items/ONE' },
      ],
    });
  });
});
