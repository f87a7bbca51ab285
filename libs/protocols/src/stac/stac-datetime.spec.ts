import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidError } from '#domain/errors.js';
import { parseDatetime, parseInstant } from './stac-datetime.js';

const VALID = [
  '1985-04-12T23:20:50.52Z',
  '1996-12-19T16:39:57-00:00',
  '1996-12-19T16:39:57+00:00',
  '1996-12-19T16:39:57+08:00',
  '1937-01-01t12:00:27.87z',
  '1985-04-12T23:20:50.123456789Z',
  '1990-12-31T23:59:60Z',
  '../1985-04-12T23:20:50.52Z',
  '1985-04-12T23:20:50.52Z/..',
  '/1985-04-12T23:20:50.52Z',
  '1985-04-12T23:20:50.52Z/',
  '1985-04-12T23:20:50.52+01:00/1986-04-12T23:20:50.52Z',
];

const INVALID = [
  '',
  '/',
  '../..',
  '/..',
  '../',
  '1985-04-12T23:20:50.52Z/1986-04-12T23:20:50.52Z/1987-04-12T23:20:50.52Z',
  '1985-04-12',
  '1937-01-01T12:00:27.87+0100',
  '37-01-01T12:00:27.87Z',
  '21985-12-12T23:20:50.52Z',
  '1985-12-12T23:20:50.52',
  '1985-13-12T23:20:50.52Z',
  '1985-12-32T23:20:50.52Z',
  '1985-02-30T23:20:50.52Z',
  '1985-12-01T25:20:50.52Z',
  '1985-12-01T00:60:50.52Z',
  '1985-12-01T00:06:61.52Z',
  '1985-04-12T23:20:50.Z',
  '1985-04-12T23:20:50,Z',
  '1990-12-31T23:59:59,5Z',
  '1986-04-12T23:20:50.52Z/1985-04-12T23:20:50.52Z',
  '1985-04-12T23:20:50.1234567890Z',
];

describe('the datetime parameter (RFC 3339 §5.6, OGC 17-069r4 §7.15.4)', () => {
  it.each(VALID)('takes %s', (text) => {
    expect(() => parseDatetime(text)).not.toThrow();
  });

  it.each(INVALID)('refuses "%s"', (text) => {
    expect(() => parseDatetime(text)).toThrow(InvalidError);
  });

  it('reads offsets, fractions and leap seconds', () => {
    expect(parseInstant('1996-12-19T16:39:57-08:00')).toEqual(new Date('1996-12-20T00:39:57Z'));
    expect(parseInstant('1985-04-12T23:20:50.5299Z')).toEqual(new Date('1985-04-12T23:20:50.529Z'));
    expect(parseInstant('1990-12-31T23:59:60Z')).toEqual(new Date('1991-01-01T00:00:00Z'));
    expect(parseInstant('0050-02-28T00:00:00Z').toISOString()).toBe('0050-02-28T00:00:00.000Z');
  });

  it('reads back every instant it is given', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0000-01-01T00:00:00Z'),
          max: new Date('9999-12-31T23:59:59.999Z'),
          noInvalidDate: true,
        }),
        (date) => expect(parseInstant(date.toISOString())).toEqual(date),
      ),
    );
  });

  it('throws nothing but InvalidError, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-0-9TZ:./+]*$/)), (text) => {
        try {
          parseDatetime(text);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidError);
        }
      }),
    );
  });
});
