import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import { applyJsonPatch } from './json-patch.js';
import { isShallowJson } from './json-value.js';
import { applyMergePatch } from './merge-patch.js';

describe('applyMergePatch (RFC 7396, appendix A)', () => {
  it.each<[unknown, unknown, unknown]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j patched with %j is %j', (target, patch, result) => {
    expect(applyMergePatch(target, patch)).toEqual(result);
  });
});

describe('applyJsonPatch (RFC 6902, appendix A)', () => {
  it.each<[unknown, unknown, unknown]>([
    [{ foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { baz: 'qux', foo: 'bar' }],
    [{ foo: ['bar', 'baz'] }, [{ op: 'add', path: '/foo/1', value: 'qux' }], { foo: ['bar', 'qux', 'baz'] }],
    [{ foo: ['bar'] }, [{ op: 'add', path: '/foo/-', value: ['abc'] }], { foo: ['bar', ['abc']] }],
    [{ foo: [1, 2, 3] }, [{ op: 'remove', path: '/foo/1' }], { foo: [1, 3] }],
    [{ baz: 1 }, [{ op: 'replace', path: '/baz', value: 2 }], { baz: 2 }],
    [{ a: { b: 1 }, c: {} }, [{ op: 'move', from: '/a/b', path: '/c/d' }], { a: {}, c: { d: 1 } }],
    [{ '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { '~1': 10 }],
    [{ 'a/b': 1 }, [{ op: 'copy', from: '/a~1b', path: '/c' }], { 'a/b': 1, c: 1 }],
  ])('%j patched with %j is %j', (target, patch, result) => {
    expect(applyJsonPatch(target, patch)).toEqual(result);
  });

  it.each<[string, unknown, unknown]>([
    ['a failed test', { a: 1 }, [{ op: 'test', path: '/a', value: '1' }]],
    ['a parent that is not there', {}, [{ op: 'add', path: '/a/b', value: 1 }]],
    ['a place past the end', { a: [] }, [{ op: 'add', path: '/a/1', value: 1 }]],
    ['a member of the prototype', {}, [{ op: 'remove', path: '/__proto__' }]],
    ['a move into itself', { a: {} }, [{ op: 'move', from: '/a', path: '/a/b' }]],
    ['an unknown operation', {}, [{ op: 'spam', path: '/a' }]],
    ['an object', {}, {}],
  ])('refuses %s', (_name, target, patch) => {
    expect(() => applyJsonPatch(target, patch)).toThrow(InvalidError);
  });
});

describe('isShallowJson', () => {
  const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

  it('tells usual nesting from any that is too deep', () => {
    for (const value of [null, 1, {}, { a: [1, { b: 2 }] }, nested(100)]) expect(isShallowJson(value)).toBe(true);
    for (const depth of [102, 500_000]) expect(isShallowJson(nested(depth))).toBe(false);
  });
});
