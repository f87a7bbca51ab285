import { describe, expect, it } from '@jest/globals';
import { OaiError } from './oai-error.js';
import { parseOaiRequest } from './oai-request.js';
import { writeResumptionToken, type ListState } from './resumption-token.js';

const at = (text: string) => new Date(`${text}Z`);

describe('parseOaiRequest (OAI-PMH 2.0 §3, §4)', () => {
  it.each([
    ['verb=Identify', { verb: 'Identify' }],
    ['verb=ListSets', { verb: 'ListSets' }],
    ['verb=ListMetadataFormats', { verb: 'ListMetadataFormats' }],
    ['verb=ListMetadataFormats&identifier=urn:x', { verb: 'ListMetadataFormats', identifier: 'urn:x' }],
    [
      'verb=GetRecord&identifier=urn%3Ax&metadataPrefix=iso19139',
      { verb: 'GetRecord', identifier: 'urn:x', prefix: 'iso19139' },
    ],
    ['verb=ListRecords&metadataPrefix=oai_dc', { verb: 'ListRecords', list: { prefix: 'oai_dc', sent: 0 } }],
    [
      'verb=ListIdentifiers&metadataPrefix=oai_dc&set=a&from=2024-02-28&until=2024-02-29',
      {
        verb: 'ListIdentifiers',
        list: {
          prefix: 'oai_dc',
          set: 'a',
          from: at('2024-02-28T00:00:00'),
          before: at('2024-03-01T00:00:00'),
          sent: 0,
        },
      },
    ],
    [
      'verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01T00:00:01Z&until=2024-01-01T00:00:01Z',
      {
        verb: 'ListRecords',
        list: { prefix: 'oai_dc', from: at('2024-01-01T00:00:01'), before: at('2024-01-01T00:00:02'), sent: 0 },
      },
    ],
  ])('reads %s', (text, expected) => {
    expect(parseOaiRequest(text)).toEqual(expected);
  });

  it.each([
    ['', 'badVerb'],
    ['verb=', 'badVerb'],
    ['verb=identify', 'badVerb'],
    ['verb=constructor', 'badVerb'],
    ['verb=Identify&verb=Identify', 'badVerb'],
    ['verb=Identify&set=a', 'badArgument'],
    ['verb=ListSets&resumptionToken=x', 'badResumptionToken'],
    ['verb=GetRecord&metadataPrefix=oai_dc', 'badArgument'],
    ['verb=GetRecord&identifier=x', 'badArgument'],
    ['verb=GetRecord&identifier=x&metadataPrefix=marc', 'cannotDisseminateFormat'],
    ['verb=GetRecord&identifier=x&metadataPrefix=toString', 'cannotDisseminateFormat'],
    ['verb=ListRecords', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2024', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2024-02-31', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&until=2024-01-01T24:61:00Z', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01T00:00:00.5Z', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-02&until=2024-01-01', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-02&until=2024-01-03T00:00:00Z', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x', 'badArgument'],
    ['verb=ListRecords&resumptionToken=x', 'badResumptionToken'],
    ['verb=ListRecords&resumptionToken=', 'badResumptionToken'],
    [`verb=ListRecords&resumptionToken=${'A'.repeat(50_000)}`, 'badResumptionToken'],
  ])('refuses %s as %s', (text, code) => {
    expect(() => parseOaiRequest(text)).toThrow(OaiError);
    expect(() => parseOaiRequest(text)).toThrow(expect.objectContaining({ code }));
  });

  it('goes on with a list by its token, whole or not at all', () => {
    const list: ListState = {
      prefix: 'iso19139',
      set: 'a',
      from: at('2024-01-01T00:00:00'),
      begun: at('2024-01-02T00:00:00'),
      sent: 200,
      size: 300,
      deletedAfter: { deleted: at('2024-01-01T00:00:00'), uuid: '00000000-0000-0000-0000-000000000000' },
    };
    const token = writeResumptionToken(list);
    expect(parseOaiRequest(`verb=ListRecords&resumptionToken=${token}`)).toEqual({ verb: 'ListRecords', list });
    const broken = `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`;
    expect(() => parseOaiRequest(`verb=ListRecords&resumptionToken=${broken}`)).toThrow(OaiError);
  });
});
