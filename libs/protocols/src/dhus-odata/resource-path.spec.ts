import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pathKey } from './odata-value.js';
import { parseResourcePath } from './resource-path.js';

describe('resource paths (OData 2.0 URI conventions §3)', () => {
  it.each([
    ['', []],
    ['/', []],
    ['/$metadata', [{ name: '$metadata' }]],
    ["/Products('a')/$value", [{ name: 'Products', key: 'a' }, { name: '$value' }]],
    ['/Products()/$count', [{ name: 'Products' }, { name: '$count' }]],
    ["/Products(Id='a')", [{ name: 'Products', key: 'a' }]],
    ["/Products('a')/", [{ name: 'Products', key: 'a' }]],
    ["/Products('it''s')", [{ name: 'Products', key: "it's" }]],
    ["/Nodes('a%2Fb')", [{ name: 'Nodes', key: 'a/b' }]],
    ["/Attributes('Cloud%20cover%20(%25)')", [{ name: 'Attributes', key: 'Cloud cover (%)' }]],
    ["/Products('')", [{ name: 'Products', key: '' }]],
  ])('reads %s', (path, segments) => {
    expect(parseResourcePath(path)).toEqual(segments);
  });

  it.each(["/Products('a", '/Products(a)', "/Products('a'b')", '/$other', '/%FF', '/a.b', '/x'.repeat(65)])(
    'refuses %s',
    (path) => {
      expect(() => parseResourcePath(path)).toThrow();
    },
  );

  it('reads every key it wrote', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((key) => key.isWellFormed()),
        (key) => {
          expect(parseResourcePath(`/Nodes${pathKey(key)}`)).toEqual([{ name: 'Nodes', key }]);
        },
      ),
    );
  });
});
