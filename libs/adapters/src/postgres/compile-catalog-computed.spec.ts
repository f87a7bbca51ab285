import { describe, expect, it } from '@jest/globals';
import type { ComputedTest, Expression, Filter } from '#domain/catalog/catalog-query.js';
import { CATALOG_FUNCTIONS } from '#domain/catalog/catalog-functions.js';
import { InvalidError } from '#domain/errors.js';
import { compileCatalogQuery } from './compile-catalog-query.js';
import { foldAccents, foldEveryCase } from './compile-catalog-fold.js';

const literal = (value: string | number): Expression => ({ kind: 'literal', value });
const property = (name: string): Expression => ({ kind: 'property', property: name });
const cloud = property('cloudCover');
const compare = (left: Expression, right: Expression): Filter =>
  computed({ kind: 'compare', operator: 'eq', left, right });
const computed = (test: ComputedTest): Filter => ({ op: 'computed', test });
const compile = (filter: Filter) =>
  compileCatalogQuery({ filter, page: { kind: 'number', limit: 1, offset: 0 } }, { longestMs: 1, now: new Date(0) })
    .count;
const repeated = (levels: number, wrap: (inner: Expression) => Expression): Expression =>
  Array.from({ length: levels }).reduce<Expression>(wrap, cloud);

describe('computed conditions', () => {
  it('keep what they are given out of the SQL', () => {
    const evil = "'); drop table catalogue.product; --";
    const { text, parameters } = compile(
      computed({
        kind: 'lists',
        relation: 'overlaps',
        left: property(`extra:${evil}`),
        right: {
          kind: 'list',
          items: [literal(evil), { kind: 'folded', without: 'case', text: property(`extra:${evil}`) }],
        },
      }),
    );
    expect(text).not.toContain('drop table');
    expect(parameters).toEqual([evil, evil, evil]);
  });

  it('grow with their depth, not with its power', () => {
    const nest = (levels: number) =>
      compile(
        compare(
          repeated(levels, (left) => ({ kind: 'arithmetic', operator: '^', left, right: cloud })),
          cloud,
        ),
      );
    const [some, twice] = [nest(30).text.length, nest(60).text.length];
    expect(twice).toBeLessThan(some * 2.1);
  });

  it.each([
    ['500 values', { kind: 'list', items: Array.from({ length: 600 }, () => cloud) } as const],
    ['100 levels', repeated(200, (text) => ({ kind: 'folded', without: 'case', text }))],
    ['a text of 10 000 characters', literal('x'.repeat(20_000))],
    ['20 000 literals', { kind: 'list', items: Array.from({ length: 30_000 }, () => literal(1)) } as const],
  ])('are refused past %s', (_, left) => {
    const filter = computed({ kind: 'lists', relation: 'equals', left, right: property('polarisations') });
    expect(() => compile(filter)).toThrow(
      expect.objectContaining({ name: 'InvalidError', subject: 'filter' }) as never,
    );
  });

  it.each<[string, Filter]>([
    ['a list in order', compare(property('polarisations'), literal('VV'))],
    ['text and number', compare(property('platform'), cloud)],
    ['a place as a number', compare(property('footprint'), cloud)],
    ['an unknown function', compare({ kind: 'call', name: 'constructor', args: [] }, cloud)],
    ['an unknown property', compare(property('nothing'), cloud)],
    ['a number in place of a list', computed({ kind: 'lists', relation: 'equals', left: cloud, right: cloud })],
    ['a pattern of the row', computed({ kind: 'like', text: property('id'), pattern: property('id') })],
    ['a lone backslash', computed({ kind: 'like', text: property('id'), pattern: literal('a\\') })],
    ['text as an instant', computed({ kind: 'spans', relation: 'after', left: { start: property('id') }, right: {} })],
  ])('refuse %s', (_, filter) => {
    expect(() => compile(filter)).toThrow(InvalidError);
  });

  it('know every function of the domain', () => {
    for (const { name, takes, gives } of CATALOG_FUNCTIONS) {
      const samples = {
        number: cloud,
        text: property('id'),
        instant: property('updated'),
        geometry: property('footprint'),
      };
      const call: Expression = { kind: 'call', name, args: takes.map(([, type]) => samples[type]) };
      expect(compile(compare(call, samples[gives])).text).toContain('(');
    }
  });
});

describe('folding', () => {
  it.each([
    ['Straße', 'strasse'],
    ['STRASSE ẞ', 'strasse ss'],
    ['ΟΔΟΣ Οδος', 'οδοσ οδοσ'],
    ['ÉÖŁ Ж', 'éöł ж'],
    ['\u212Aelvin ﬃ', 'kelvin ffi'],
    ['plain', 'plain'],
  ])('%s without case is %s (CASEI, OGC 21-065r2 §7.3)', (text, folded) => {
    expect(foldEveryCase(text)).toBe(folded);
    expect(foldEveryCase(folded)).toBe(folded);
  });

  it.each([
    ['débárquér', 'debarquer'],
    ['De\u0301ba\u0301', 'Deba'],
    ['Ångström', 'Angstrom'],
    ['plain', 'plain'],
  ])('%s without accents is %s (ACCENTI, §7.4)', (text, folded) => {
    expect(foldAccents(text)).toBe(folded);
  });
});
