import { describe, expect, it } from '@jest/globals';
import type { ListState } from '#protocols/oai/list-state.js';
import { OaiError } from '#protocols/oai/oai-error.js';
import { readResumptionToken, writeResumptionToken } from './resumption-token.js';

const at = (text: string) => new Date(`${text}Z`);
const LIST: ListState = {
  prefix: 'iso19139',
  set: 'a',
  from: at('2024-01-01T00:00:00'),
  begun: at('2024-01-02T00:00:00'),
  sent: 200,
  size: 300,
  deletedAfter: { deleted: at('2024-01-01T00:00:00'), uuid: '00000000-0000-0000-0000-000000000000' },
};

describe('resumption tokens', () => {
  it('hold the state of a list', () => {
    expect(readResumptionToken(writeResumptionToken(LIST))).toEqual(LIST);
  });

  it.each(['', 'x', 'A'.repeat(50_000), '%00', 'eyJ9'])('are refused where they are none: %.20s', (token) => {
    expect(() => readResumptionToken(token)).toThrow(OaiError);
  });

  it('are refused where a character is another', () => {
    const token = writeResumptionToken(LIST);
    const broken = `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`;
    expect(() => readResumptionToken(broken)).toThrow(OaiError);
  });
});
