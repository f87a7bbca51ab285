import { describe, expect, it } from '@jest/globals';
import { OaiError } from './oai-error.js';
import { parseOaiRequest } from './oai-request.js';
import type { ListState } from './list-state.js';

const at = (text: string) => new Date(`${text}Z`);

const LIST: ListState = { prefix: 'iso19139', set: 'a', sent: 200 };
const readToken = (token: string): ListState => {
  if (token === 't') return LIST;
  throw new OaiError('badResumptionToken', token);
};

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
    expect(parseOaiRequest(text, readToken)).toEqual(expected);
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
  ])('refuses %s as %s', (text, code) => {
    expect(() => parseOaiRequest(text, readToken)).toThrow(OaiError);
    expect(() => parseOaiRequest(text, readToken)).toThrow(expect.objectContaining({ code }));
  });

  it('goes on with a list by its token alone', () => {
    const request = parseOaiRequest('verb=ListRecords&resumptionToken=t', readToken);
    expect(request).toEqual({ verb: 'ListRecords', list: LIST });
  });
});
