import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideRange, type RangeDecision } from './decide-range.js';

const ETAG = '"abc"';
const MODIFIED = new Date('2024-05-12T10:20:31.900Z');
const LAST_MODIFIED = 'Sun, 12 May 2024 10:20:31 GMT';
const GIB5 = 5 * 2 ** 30;

const decide = (headers: Record<string, string>, size = 1000, method = 'GET'): RangeDecision =>
  decideRange({ method, headers }, { size, etag: ETAG, modified: MODIFIED });
const partial = (offset: number, length: number): RangeDecision => ({ kind: 'partial', span: { offset, length } });

describe('decideRange', () => {
  it.each<[string, string, RangeDecision]>([
    ['the first byte is a part too (DHuS synchroniser)', 'bytes=0-', partial(0, 1000)],
    ['closed', 'bytes=0-499', partial(0, 500)],
    ['one byte', 'bytes=999-999', partial(999, 1)],
    ['an end past the last byte is clipped (§14.1.2)', 'bytes=0-1000', partial(0, 1000)],
    ['an end of many digits is clipped', 'bytes=500-99999999999999999999999', partial(500, 500)],
    ['suffix', 'bytes=-100', partial(900, 100)],
    ['a suffix longer than the file is the file', 'bytes=-5000', partial(0, 1000)],
    ['the unit is case-insensitive, blanks are allowed in the list', 'Bytes= 1-2 , ', partial(1, 2)],
    ['a start at the end', 'bytes=1000-', { kind: 'unsatisfiable' }],
    ['a start of many digits', 'bytes=99999999999999999999999-', { kind: 'unsatisfiable' }],
    ['an empty suffix', 'bytes=-0', { kind: 'unsatisfiable' }],
    ['another unit', 'lines=1-2', { kind: 'full' }],
    ['backwards', 'bytes=5-4', { kind: 'full' }],
    ['no digits', 'bytes=-', { kind: 'full' }],
    ['no range', 'bytes=', { kind: 'full' }],
    ['rubbish', 'bytes=a-b', { kind: 'full' }],
    ['one bad range spoils the list', 'bytes=0-1,x', { kind: 'full' }],
    ['ranges past the end are left out of a list', 'bytes=0-1,2000-', partial(0, 2)],
    ['overlapping ranges become one', 'bytes=0-400,300-600', partial(0, 601)],
    ['near ranges become one', 'bytes=0-400,450-600', partial(0, 601)],
    [
      'apart ranges stay in the asked order',
      'bytes=900-,0-9',
      {
        kind: 'multipart',
        spans: [
          { offset: 900, length: 100 },
          { offset: 0, length: 10 },
        ],
      },
    ],
    ['hundreds of ranges are an attack (§17.15)', `bytes=${Array(200).fill('0-0').join()}`, { kind: 'full' }],
  ])('%s: %s (RFC 9110 §14)', (_title, range, expected) => {
    expect(decide({ range })).toEqual(expected);
  });

  it.each([2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1])('counts past 32 bits: %d', (offset) => {
    expect(decide({ range: `bytes=${offset}-${offset + 9}` }, GIB5)).toEqual(partial(offset, 10));
    expect(decide({ range: `bytes=-${offset}` }, GIB5)).toEqual(partial(GIB5 - offset, offset));
  });

  it.each<[string, Record<string, string>, RangeDecision['kind']]>([
    ['If-Range with our tag', { 'if-range': ETAG }, 'partial'],
    ['If-Range with another tag', { 'if-range': '"old"' }, 'full'],
    ['If-Range with a weak tag never matches', { 'if-range': `W/${ETAG}` }, 'full'],
    ['If-Range with the exact date', { 'if-range': LAST_MODIFIED }, 'partial'],
    ['If-Range with a later date is not exact', { 'if-range': 'Mon, 13 May 2024 10:20:31 GMT' }, 'full'],
    ['If-Range with rubbish', { 'if-range': 'yes' }, 'full'],
    ['If-None-Match comes before Range', { 'if-none-match': ETAG }, 'not-modified'],
    ['If-None-Match compares weakly', { 'if-none-match': `"x", W/${ETAG}` }, 'not-modified'],
    ['If-None-Match *', { 'if-none-match': '*' }, 'not-modified'],
    [
      'If-None-Match overrides If-Modified-Since',
      { 'if-none-match': '"x"', 'if-modified-since': LAST_MODIFIED },
      'partial',
    ],
    ['If-Modified-Since in the same second', { 'if-modified-since': LAST_MODIFIED }, 'not-modified'],
    ['If-Modified-Since before', { 'if-modified-since': 'Sunday, 12-May-24 10:20:30 GMT' }, 'partial'],
    ['If-Modified-Since that is no date', { 'if-modified-since': 'yesterday' }, 'partial'],
    ['If-Match with our tag', { 'if-match': ETAG }, 'partial'],
    ['If-Match with another', { 'if-match': '"x"' }, 'precondition-failed'],
    ['If-Match with a weak one', { 'if-match': `W/${ETAG}` }, 'precondition-failed'],
    ['If-Unmodified-Since before', { 'if-unmodified-since': 'Sun May 12 10:20:30 2024' }, 'precondition-failed'],
    ['If-Unmodified-Since then', { 'if-unmodified-since': 'Sun May 12 10:20:31 2024' }, 'partial'],
  ])('%s (RFC 9110 §13)', (_title, headers, kind) => {
    expect(decide({ range: 'bytes=1-', ...headers }).kind).toBe(kind);
  });

  it('leaves HEAD whole (RFC 9110 §14.2) and an empty file empty', () => {
    expect(decide({ range: 'bytes=1-2' }, 1000, 'HEAD')).toEqual({ kind: 'full' });
    expect(decide({ range: 'bytes=0-' }, 0)).toEqual({ kind: 'unsatisfiable' });
  });

  it('never sends a byte outside the file, whatever the field says', () => {
    const range = fc.tuple(fc.option(fc.nat(3000)), fc.option(fc.nat(3000)));
    fc.assert(
      fc.property(fc.array(range, { maxLength: 8 }), fc.nat(2000), (ranges, size) => {
        const field = `bytes=${ranges.map(([from, to]) => `${from ?? ''}-${to ?? ''}`).join(',')}`;
        const decision = decide({ range: field }, size);
        const spans =
          decision.kind === 'partial' ? [decision.span] : decision.kind === 'multipart' ? decision.spans : [];
        for (const { offset, length } of spans) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(length).toBeGreaterThan(0);
          expect(offset + length).toBeLessThanOrEqual(size);
        }
        expect(spans.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(size);
      }),
    );
  });
});
