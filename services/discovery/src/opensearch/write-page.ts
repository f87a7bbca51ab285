import { NotFoundError } from '#domain/errors.js';
import type { ResponseDocument } from '#platform/send-document.js';
import { writeEarthObservation } from '#protocols/om/earth-observation.js';
import { writeAtomFeed, writeFeed } from '#protocols/opensearch/atom-feed.js';
import { writeCollectionEntry, writeCollectionFeature } from '#protocols/opensearch/collection-records.js';
import { writeFeatureCollection, writeGeoJsonFeed } from '#protocols/opensearch/geojson-feed.js';
import { FORM_TYPES } from '#protocols/opensearch/response-form.js';
import type { ResultPage } from '#protocols/opensearch/result-page.js';
import { writeSearchRetrieveResponse } from '#protocols/sru/search-retrieve.js';
import { writeXml } from '#protocols/xml/write-xml.js';
import type { CollectionPage } from './search-collections.js';

/** A page of products in the form it was asked for in. */
export function writePage(page: ResultPage): ResponseDocument {
  const { form, omVersion } = page.request;
  switch (form) {
    case 'atom':
      return { body: writeAtomFeed(page), mediaType: `${FORM_TYPES.atom}; charset=utf-8` };
    case 'geojson':
      return { body: JSON.stringify(writeGeoJsonFeed(page)), mediaType: FORM_TYPES.geojson };
    case 'sru':
      return { body: writeSearchRetrieveResponse(page), mediaType: `${FORM_TYPES.sru}; charset=utf-8` };
    case 'om': {
      const [entry] = page.entries;
      if (entry === undefined) throw new NotFoundError('No product matches.', { subject: 'uid' });
      return { body: writeXml(writeEarthObservation(entry, { version: omVersion })), mediaType: FORM_TYPES.om };
    }
  }
}

/** A page of collections. */
export function writeCollections(page: CollectionPage, form: 'atom' | 'geojson'): ResponseDocument {
  const { summaries, mirror, now } = page;
  if (form === 'atom') {
    const entries = summaries.map((summary) => writeCollectionEntry(summary, mirror, now));
    return { body: writeFeed(page, entries), mediaType: `${FORM_TYPES.atom}; charset=utf-8` };
  }
  const features = summaries.map((summary) => writeCollectionFeature(summary, mirror));
  return { body: JSON.stringify(writeFeatureCollection(page, features)), mediaType: FORM_TYPES.geojson };
}
