import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidError } from '#domain/errors.js';
import { parseCloudEvent, writeCloudEvent } from './cloud-event.js';

const good = {
  specversion: '1.0',
  id: '1',
  type: 'frombork.product.published',
  source: 'acquisition',
  subject: 'sentinel-2-l1c/S2A',
  time: '2026-01-02T03:04:05Z',
  data: {},
};

describe('CloudEvents 1.0.2 JSON envelope', () => {
  it('reads back what it writes', () => {
    const word = fc.string({ minLength: 1, maxLength: 50 });
    const event = fc.record(
      {
        id: word,
        type: fc.constantFrom('frombork.product.published', 'frombork.long-term.x1'),
        source: word,
        subject: word,
        time: fc.date({
          noInvalidDate: true,
          min: new Date('0001-01-01T00:00:00Z'),
          max: new Date('9999-12-31T23:59:59Z'),
        }),
        data: fc.jsonValue(),
        requestId: word,
      },
      { requiredKeys: ['id', 'type', 'source', 'subject', 'time', 'data'] },
    );
    fc.assert(
      fc.property(event, (value) => {
        const expected = { ...value, data: JSON.parse(JSON.stringify(value.data)) as unknown };
        expect(parseCloudEvent(writeCloudEvent(value))).toEqual(expected);
      }),
    );
  });

  it('has the attributes of §3.1', () => {
    const event = parseCloudEvent(JSON.stringify(good));
    expect(JSON.parse(writeCloudEvent({ ...event, requestId: 'r' }))).toEqual({
      ...good,
      time: '2026-01-02T03:04:05.000Z',
      datacontenttype: 'application/json',
      requestid: 'r',
    });
  });

  it('lets extension attributes pass that it does not know', () => {
    expect(parseCloudEvent(JSON.stringify({ ...good, traceparent: '00-x' })).id).toBe('1');
  });

  it.each([
    ['no JSON', 'not json'],
    ['nothing', ''],
    ['an array', '[]'],
    ['null', 'null'],
    ['another version', JSON.stringify({ ...good, specversion: '0.3' })],
    ['no id', JSON.stringify({ ...good, id: '' })],
    ['a type with a wildcard', JSON.stringify({ ...good, type: 'frombork.>' })],
    ['a local time', JSON.stringify({ ...good, time: '2026-01-02' })],
    ['another content type', JSON.stringify({ ...good, datacontenttype: 'text/xml' })],
    ['a number as subject', JSON.stringify({ ...good, subject: 4 })],
  ])('refuses %s', (_what, text) => {
    expect(() => parseCloudEvent(text)).toThrow(InvalidError);
  });
});
