import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import { OfficialStacSchemas } from '#test/support/official-stac-schemas.js';
import {
  collectionWith,
  FAULTY_COLLECTIONS,
  FAULTY_ITEMS,
  itemWith,
  RIGHT_COLLECTIONS,
  RIGHT_ITEMS,
} from '#test/support/stac-documents.js';
import { extensionUri } from './extension-schema.js';
import { KNOWN_EXTENSIONS } from './known-extensions.js';
import { requireValidStac, stacFaults } from './validate-stac.js';

const official = OfficialStacSchemas.open();
if (official === undefined) console.warn('skipped: STAC_SCHEMAS names no folder with the repositories of the schemas');
const differential = official === undefined ? it.skip : it;

const DOCUMENTS = [
  ...Object.entries(RIGHT_ITEMS).map(([name, row]) => ['Item', name, itemWith(row), undefined] as const),
  ...Object.entries(FAULTY_ITEMS).map(([name, [row, at]]) => ['Item', name, itemWith(row), at] as const),
  ...Object.entries(RIGHT_COLLECTIONS).map(
    ([name, row]) => ['Collection', name, collectionWith(row), undefined] as const,
  ),
  ...Object.entries(FAULTY_COLLECTIONS).map(
    ([name, [row, at]]) => ['Collection', name, collectionWith(row), at] as const,
  ),
];

describe('documents against the schemas of STAC 1.1.0 and its extensions', () => {
  it.each(DOCUMENTS)('%s, %s', (kind, _name, document, pointer) => {
    const faults = stacFaults(kind, document);
    expect(faults.map((fault) => fault.pointer)).toEqual(
      pointer === undefined ? [] : expect.arrayContaining([pointer]),
    );
    expect(faults.map(({ reason }) => reason)).toEqual(faults.map(() => expect.stringMatching(/^(must|is|has) \S/)));
  });

  differential.each(DOCUMENTS)('%s, %s: as the official schemas have it', (_kind, _name, document, pointer) => {
    if (pointer === undefined) expect(official?.faults(document)).toBeUndefined();
    else expect(official?.faults(document)).toEqual(expect.any(String));
  });

  it('has a right item for the newest version of every extension', () => {
    const newest = KNOWN_EXTENSIONS.map(({ name, versions }) => `${name} ${versions.at(-1)}`);
    expect(Object.keys(RIGHT_ITEMS)).toEqual(expect.arrayContaining(newest));
  });
});

describe('what is told of a wrong document', () => {
  it('names every fault, its place and what is wanted there', () => {
    const item = itemWith({
      extensions: ['eo 2.0.0', 'sat 1.2.0', 'file 2.1.0'],
      properties: { 'eo:cloud_cover': 'much', 'sat:orbit_state': 'up', gsd: -1, datetime: 'today' },
      asset: { 'file:size': 1.5, 'file:colour': 'red', href: 5, 'a/b~c': 1 },
    });
    const faults = stacFaults('Item', item).map(({ pointer, reason }) => `${pointer} ${reason}`);
    expect(faults.toSorted()).toEqual([
      '/assets/a/file:colour is no field of file 2.1.0 here',
      '/assets/a/file:size must be a whole number of at least 0',
      '/assets/a/href must be a text',
      '/properties/datetime must be a time in UTC (RFC 3339) or null',
      '/properties/eo:cloud_cover must be a number from 0 to 100',
      '/properties/gsd must be a number above 0',
      '/properties/sat:orbit_state must be one of ascending, descending, geostationary, crossing',
    ]);
    expect(() => requireValidStac('Item', item)).toThrow(InvalidError);
  });

  it('escapes names in pointers', () => {
    expect(stacFaults('Item', itemWith({ members: { assets: { 'a/b~c': {} } } }))).toMatchObject([
      { pointer: '/assets/a~1b~0c/href', reason: 'is missing' },
    ]);
  });

  it('leaves out what was wrong before the change', () => {
    const before = itemWith({ properties: { gsd: -1, license: 'as you like' } });
    expect(() => requireValidStac('Item', itemWith({ properties: { gsd: -1 } }), () => before)).not.toThrow();
    const after = itemWith({ properties: { gsd: -1, mission: 5 } });
    expect(() => requireValidStac('Item', after, () => before)).toThrow(
      'Not a STAC Item: /properties/mission must be a text',
    );
  });

  it('passes an extension that is named and not used, as who takes its last field away need not rewrite the list', () => {
    for (const { name, versions } of KNOWN_EXTENSIONS)
      expect(stacFaults('Item', itemWith({ extensions: versions.map((version) => `${name} ${version}`) }))).toEqual([]);
  });
});

describe('hostile documents', () => {
  const wrong = (count: number) => Array.from({ length: count }, () => 5);
  const deep = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

  it.each<readonly [string, unknown]>([
    ['nothing', undefined],
    ['a list', []],
    ['a text', 'Feature'],
    ['a hundred thousand wrong roles', itemWith({ asset: { roles: wrong(100_000) } })],
    [
      'a hundred thousand wrong assets',
      itemWith({ members: { assets: Object.fromEntries(wrong(100_000).entries()) } }),
    ],
    ['a hundred thousand extensions', itemWith({ members: { stac_extensions: wrong(100_000) } })],
    ['a list nested a thousand deep', itemWith({ members: { bbox: deep(1_000) } })],
    ['a name of a million letters', itemWith({ members: { assets: { ['a'.repeat(1_000_000)]: {} } } })],
    [
      'a path made to take long',
      itemWith({ extensions: ['file 2.1.0'], asset: { 'file:local_path': `${'a/'.repeat(50_000)}\n` } }),
    ],
    ['a member named as objects have it', JSON.parse('{"__proto__": {"type": "Feature"}, "constructor": 1}')],
  ])('%s', (_name, document) => {
    const faults = stacFaults('Item', document);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.length).toBeLessThanOrEqual(10);
    expect(JSON.stringify(faults).length).toBeLessThan(10_000);
  });

  it('validates an extension once, however often it is named', () => {
    const many = Array.from({ length: 10_000 }, () => extensionUri('eo', '2.0.0'));
    expect(stacFaults('Item', itemWith({ members: { stac_extensions: many } }))).toEqual([]);
  });
});
