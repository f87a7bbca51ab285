import { describe, expect, it } from '@jest/globals';
import { parseDateMath } from './date-math.js';

const NOW = new Date('2024-03-31T10:20:30.456Z');

describe("Solr's date maths", () => {
  it.each([
    ['NOW', '2024-03-31T10:20:30.456Z'],
    ['NOW-1DAY', '2024-03-30T10:20:30.456Z'],
    ['NOW-1DAYS', '2024-03-30T10:20:30.456Z'],
    ['NOW-500DAYS', '2022-11-17T10:20:30.456Z'],
    ['NOW-2MONTH', '2024-01-31T10:20:30.456Z'],
    ['NOW-1MONTH', '2024-02-29T10:20:30.456Z'],
    ['NOW-13MONTHS', '2023-02-28T10:20:30.456Z'],
    ['NOW-1YEAR', '2023-03-31T10:20:30.456Z'],
    ['NOW-20MINUTES', '2024-03-31T10:00:30.456Z'],
    ['NOW-30SECONDS', '2024-03-31T10:20:00.456Z'],
    ['NOW+10HOUR', '2024-03-31T20:20:30.456Z'],
    ['NOW/DAY', '2024-03-31T00:00:00.000Z'],
    ['NOW/MONTH-1SECOND', '2024-02-29T23:59:59.000Z'],
    ['NOW/YEAR', '2024-01-01T00:00:00.000Z'],
    ['NOW+3MONTHS-7DAYS/DAYS', '2024-06-23T00:00:00.000Z'],
    ['2015-01-01T00:00:00Z', '2015-01-01T00:00:00.000Z'],
    ['2015-01-01T00:00:00.123Z', '2015-01-01T00:00:00.123Z'],
    ['2015-01-01T00:00:00Z+1DAY', '2015-01-02T00:00:00.000Z'],
    ['2016-12-01T00:00:00Z+1DAY-1HOUR', '2016-12-01T23:00:00.000Z'],
  ])('reads %s', (text, instant) => {
    const { start, end } = parseDateMath(text, NOW);
    expect([start.toISOString(), end.toISOString()]).toEqual([instant, instant]);
  });

  it('takes a bare date for its whole day', () => {
    const { start, end } = parseDateMath('2024-02-29', NOW);
    expect([start.toISOString(), end.toISOString()]).toEqual(['2024-02-29T00:00:00.000Z', '2024-02-29T23:59:59.999Z']);
  });

  it.each([
    'NOW - 1HOUR',
    'NOW-1 HOURS',
    'NOW-1',
    'NOW-',
    '**',
    '+',
    '-',
    '',
    'now',
    'NOW-1LIGHTYEAR',
    'NOW-1DAYX',
    'NOW-999999999YEARS',
    'NOW-1constructor',
    '2015-02-30T00:00:00Z',
    '2015',
    `NOW${'-1DAY'.repeat(10)}x`,
  ])('refuses %s as Solr does', (text) => {
    expect(() => parseDateMath(text, NOW)).toThrow("Invalid Date String or Date Math String:'");
  });
});
