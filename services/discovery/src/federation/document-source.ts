import { readRecordDocument } from '#protocols/upstream/read-get-records.js';
import { askXml } from './ask-upstream.js';
import type { SourcePage, SourceRequest } from './harvest-source.js';

/** A single document: every metadata record in it. */
export async function readDocument({ harvest, ask }: SourceRequest): Promise<SourcePage> {
  return readRecordDocument(await askXml(ask, harvest.source));
}
