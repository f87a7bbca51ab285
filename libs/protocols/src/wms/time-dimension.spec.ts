import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { resolveTime, writeDefaultTime, writeTimeExtent } from './resolve-time.js';
import { parseTime } from './time-dimension.js';

const written = (text: string): string[] => {
  const selection = parseTime(text);
  if (selection.kind !== 'values') return [selection.kind];
  return selection.values.map(
    ({ interval: { start, end } }) => `${start?.toISOString() ?? '..'} ${end?.toISOString() ?? '..'}`,
  );
};

describe('parseTime (WMS 1.3.0 annexes C and D)', () => {
  it.each([
    ['2024', '2024-01-01T00:00:00.000Z 2024-12-31T23:59:59.999Z'],
    ['2024-02', '2024-02-01T00:00:00.000Z 2024-02-29T23:59:59.999Z'],
    ['2024-12-31', '2024-12-31T00:00:00.000Z 2024-12-31T23:59:59.999Z'],
    ['2024-05-12T10Z', '2024-05-12T10:00:00.000Z 2024-05-12T10:59:59.999Z'],
    ['2024-05-12T10:20Z', '2024-05-12T10:20:00.000Z 2024-05-12T10:20:59.999Z'],
    ['2024-05-12T10:20:31Z', '2024-05-12T10:20:31.000Z 2024-05-12T10:20:31.999Z'],
    ['2024-05-12T10:20:31', '2024-05-12T10:20:31.000Z 2024-05-12T10:20:31.999Z'],
    ['2024-05-12T10:20:31.5Z', '2024-05-12T10:20:31.500Z 2024-05-12T10:20:31.500Z'],
    ['2024-05-12T10:20:31-02:00', '2024-05-12T12:20:31.000Z 2024-05-12T12:20:31.999Z'],
    ['2024-05-01/2024-05-03', '2024-05-01T00:00:00.000Z 2024-05-03T23:59:59.999Z'],
    ['2024-05-01T00:00:00Z/2024-05-03T00:00:00Z/PT5S', '2024-05-01T00:00:00.000Z 2024-05-03T00:00:00.999Z'],
    ['2024-05-01/2024-05-03/0', '2024-05-01T00:00:00.000Z 2024-05-03T23:59:59.999Z'],
    ['2024-05-01/P1M', '2024-05-01T00:00:00.000Z 2024-06-01T00:00:00.000Z'],
    ['P7D/2024-05-08', '2024-05-01T23:59:59.999Z 2024-05-08T23:59:59.999Z'],
    ['2024-05-01/..', '2024-05-01T00:00:00.000Z ..'],
    ['2024-05-01/current', '2024-05-01T00:00:00.000Z ..'],
    ['current', 'current'],
    ['Default', 'default'],
    ['', 'default'],
  ])('%p is %s', (text, expected) => {
    expect(written(text)).toEqual([expected]);
  });

  it('reads lists of moments and ranges', () => {
    expect(written('2024-05-12, 2024-05-20/2024-05-21/P1D')).toEqual([
      '2024-05-12T00:00:00.000Z 2024-05-12T23:59:59.999Z',
      '2024-05-20T00:00:00.000Z 2024-05-21T23:59:59.999Z',
    ]);
  });

  it.each([
    '2024-13',
    '2024-02-30',
    '2024-05-12T25:00Z',
    '2024-05-12T10:61Z',
    'yesterday',
    '2024-05-03/2024-05-01',
    '2024-05-01/2024-05-03/5',
    '2024-05-01/2024-05-03/P',
    '2024-05-01/2024-05-03/P1D/x',
    '2024-05-01/P99999999999Y',
    ',',
    Array(300).fill('2024').join(','),
  ])('refuses %p with InvalidDimensionValue', (text) => {
    expect(() => parseTime(text)).toThrow(expect.objectContaining({ code: 'InvalidDimensionValue', subject: 'TIME' }));
  });

  it('reads any instant it is given back, and answers any text with a value or a WmsError', () => {
    const time = fc.date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(time, (date) => {
        expect(written(date.toISOString())).toEqual([`${date.toISOString()} ${date.toISOString()}`]);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9TZPDHM/:,.-]{1,40}$/), (text) => {
        try {
          parseTime(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'InvalidDimensionValue' });
        }
      }),
    );
  });
});

describe('resolveTime (WMS 1.3.0 §C.4)', () => {
  const extent = { from: new Date('2022-01-25T15:17:01.024Z'), to: new Date('2024-06-02T10:00:00.5Z') };
  const day = (text: string) => ({ start: new Date(`${text}T00:00:00Z`), end: new Date(`${text}T23:59:59.999Z`) });

  it('declares whole days', () => {
    expect(writeTimeExtent(extent)).toBe('2022-01-25/2024-06-02/P1D');
    expect(writeTimeExtent({ ...extent, to: extent.from })).toBe('2022-01-25');
  });

  it('declares moments where they follow each other evenly', () => {
    const minute = { from: new Date('2000-01-01T00:00:00Z'), to: new Date('2000-01-01T00:01:00Z'), step: 5 };
    expect(writeTimeExtent(minute)).toBe('2000-01-01T00:00:00Z/2000-01-01T00:01:00Z/PT5S');
    expect(writeDefaultTime(minute)).toBe('2000-01-01T00:00:00Z/2000-01-01T00:01:00Z');
    expect(resolveTime(parseTime('current'), minute)).toEqual({ intervals: [{ start: minute.to, end: minute.to }] });
  });

  it('takes a declared interval with current behind it from its beginning to now', () => {
    const { intervals } = resolveTime(parseTime('2022-02-01/2024-06-02/P1D/current'), extent);
    expect(intervals).toEqual([{ start: new Date('2022-02-01T00:00:00Z') }]);
    expect(writeDefaultTime(extent)).toBe('2022-01-25/2024-06-02');
  });

  it('announces the default it used (§C.4.2)', () => {
    expect(resolveTime(parseTime(undefined), extent)).toEqual({
      intervals: [{}],
      warning: '99 Default value used: time=2022-01-25/2024-06-02',
    });
  });

  it('takes the newest day as current, without a warning', () => {
    expect(resolveTime(parseTime('current'), extent)).toEqual({ intervals: [day('2024-06-02')] });
  });

  it('takes values inside as they are', () => {
    expect(resolveTime(parseTime('2023-05-01,2020/2021'), extent)).toEqual({
      intervals: [
        day('2023-05-01'),
        { start: new Date('2020-01-01T00:00:00Z'), end: new Date('2021-12-31T23:59:59.999Z') },
      ],
    });
  });

  it.each(['2023-05-01T00:00:00Z', '2023-05-01T00:00:00.000Z', '2023-05-01T00:00Z', '2023-05-01T02:00:00+02:00'])(
    'takes %s for the day, as the extent has it',
    (text) => {
      expect(resolveTime(parseTime(text), extent)).toEqual({ intervals: [day('2023-05-01')] });
    },
  );

  it('takes midnight for the moment it is where the extent is of moments', () => {
    const minute = { from: new Date('2000-01-01T00:00:00Z'), to: new Date('2000-01-01T00:01:00Z'), step: 5 };
    const moment = { start: new Date('2000-01-01T00:00:00Z'), end: new Date('2000-01-01T00:00:00.999Z') };
    expect(resolveTime(parseTime('2000-01-01T00:00:00Z'), minute)).toEqual({ intervals: [moment] });
    expect(resolveTime(parseTime('2000-01-01'), minute)).toEqual({ intervals: [day('2000-01-01')] });
  });

  it('takes any other moment, and the ends of ranges, to the second', () => {
    const moment = { start: new Date('2023-05-01T00:00:01Z'), end: new Date('2023-05-01T00:00:01.999Z') };
    const range = { start: new Date('2023-05-01T00:00:00Z'), end: new Date('2023-05-02T00:00:00.999Z') };
    expect(resolveTime(parseTime('2023-05-01T00:00:01Z'), extent)).toEqual({ intervals: [moment] });
    expect(resolveTime(parseTime('2023-05-01T00:00:00Z/2023-05-02T00:00:00Z'), extent)).toEqual({ intervals: [range] });
    expect(resolveTime(parseTime('2010-01-01T00:00:00Z'), extent)).toMatchObject({
      intervals: [day('2022-01-25')],
      warning: '99 Nearest value used: time=2022-01-25',
    });
  });

  it('announces the nearest value it used (§C.4.2)', () => {
    expect(resolveTime(parseTime('2010-01-01,2030-01-01'), extent)).toEqual({
      intervals: [day('2022-01-25'), day('2024-06-02')],
      warning: '99 Nearest value used: time=2022-01-25,2024-06-02',
    });
  });
});
