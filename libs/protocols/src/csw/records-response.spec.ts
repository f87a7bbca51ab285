import { describe, expect, it } from '@jest/globals';
import type { MetadataRecord } from '../records/metadata-record.js';
import { attribute, descendants } from '../xml/xml-path.js';
import { parseXml } from '../xml/parse-xml.js';
import { writeAtomAnswer } from './atom-answer.js';
import type { CswRequest, RecordsRequest } from './csw-request.js';
import { parseKvpRequest } from './parse-kvp-request.js';
import type { RecordPage } from './record-page.js';
import { nextRecord, writeRecordsResponse } from './records-response.js';

const CONTEXT = { mirror: { address: 'https://mirror.example', name: 'FROMBORK' }, now: new Date(0) };
const RECORDS: readonly MetadataRecord[] = [];

function records(request: CswRequest): RecordsRequest {
  if (request.kind !== 'GetRecords') throw new Error(request.kind);
  return request;
}

const REQUEST = records(
  parseKvpRequest('service=CSW&version=3.0.0&request=GetRecords&typeNames=csw:Record&startPosition=11', undefined),
);

describe('GetRecordsResponse (OGC 07-006r1 §10.8.5, OGC 12-176r7 §7.3.6)', () => {
  it.each<[string, Omit<RecordPage, 'records'>, number]>([
    ['a count with more to come', { matched: 40 }, 11],
    ['a count that is reached', { matched: 10 }, 0],
    ['an estimate that is too high, at the end', { matched: 40, estimated: { hasNext: false } }, 0],
    ['an estimate that is too low, with more to come', { matched: 5, estimated: { hasNext: true } }, 11],
  ])('goes on after %s', (_, page, next) => {
    expect(nextRecord(REQUEST, { records: RECORDS, ...page })).toBe(next);
  });

  it('labels an estimate', () => {
    const counted = writeRecordsResponse(REQUEST, { records: RECORDS, matched: 40 }, CONTEXT);
    const estimated = writeRecordsResponse(
      REQUEST,
      { records: RECORDS, matched: 40, estimated: { hasNext: true } },
      CONTEXT,
    );
    expect(counted).not.toContain('estimate');
    expect(estimated).toContain('numberOfRecordsMatched is an estimate');
    const [results] = descendants(parseXml(estimated), 'SearchResults');
    expect(attribute(results, 'numberOfRecordsMatched')).toBe('40');
  });

  it('leaves an estimate out of the Atom answer, where the number is optional (OpenSearch 1.1)', () => {
    const page: RecordPage = { records: RECORDS, matched: 40, estimated: { hasNext: true } };
    const self = 'https://mirror.example/csw';
    expect(writeAtomAnswer(REQUEST, page, CONTEXT, self)).not.toContain('totalResults');
    expect(writeAtomAnswer(REQUEST, { records: RECORDS, matched: 40 }, CONTEXT, self)).toContain(
      '<os:totalResults>40</os:totalResults>',
    );
  });
});
