import { InvalidError } from '#domain/errors.js';
import { parseAvailability, type Availability } from '../records/availability.js';
import type {
  MetadataRecord,
  OnlineResource,
  RecordDates,
  RecordParty,
  RecordPeriod,
} from '../records/metadata-record.js';
import { splitKeywords } from '../records/observation-terms.js';
import { checkRecordDate } from '../records/record-value.js';
import { withoutUndefined } from '../safe/without-undefined.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, childrenOf, child, textAt, textOf } from '../xml/xml-path.js';
import { readBoundingBoxes } from './bounding-box-read.js';

const THUMBNAIL = /thumbnail|quicklook|graphic/i;

/** Reads the common record of CSW 2.0.2 and 3.0 (`Record`, `SummaryRecord`, `BriefRecord`, `DCMIRecord`) and `oai_dc:dc`. Throws InvalidError naming the element that is wrong. */
export function readCommonRecord(element: XmlElement): MetadataRecord {
  const texts = (name: string): readonly string[] => childrenOf(element, name).flatMap((found) => textOf(found) ?? []);
  const [id] = texts('identifier');
  if (id === undefined) throw new InvalidError('dc:identifier is missing.', { subject: 'dc:identifier' });
  const { keywords, properties } = splitKeywords(texts('subject'));
  const references = readReferences(element);
  return {
    id,
    keywords,
    properties,
    themes: [],
    topics: [],
    dates: readDates(element),
    onlineResources: references.filter(({ protocol }) => !THUMBNAIL.test(protocol ?? '')),
    formats: texts('format').filter((format) => parseAvailability(format) === undefined),
    parties: readParties(element),
    sources: texts('source'),
    relations: texts('relation'),
    rights: texts('rights'),
    accessConstraints: texts('accessRights'),
    coverage: texts('coverage'),
    places: texts('spatial'),
    ...withoutUndefined({
      parentIdentifier: textAt(element, 'isPartOf'),
      type: textAt(element, 'type'),
      title: textAt(element, 'title'),
      alternateTitle: textAt(element, 'alternative'),
      abstract: textAt(element, 'abstract') ?? textAt(element, 'description'),
      modified: dateAt(element, 'modified', 'dct:modified'),
      bbox: readBoundingBoxes(element),
      temporal: readTemporal(element),
      availability: readAvailability([...texts('medium'), ...texts('format')]),
      quicklook: references.find(({ protocol }) => THUMBNAIL.test(protocol ?? ''))?.href,
      language: textAt(element, 'language'),
      lineage: textAt(element, 'provenance'),
    }),
  };
}

/** `dct:medium`, which oai_dc has among the formats. */
function readAvailability(texts: readonly string[]): Availability | undefined {
  return texts.map(parseAvailability).find((found) => found !== undefined);
}

function readDates(element: XmlElement): RecordDates {
  const date = textAt(element, 'date');
  return withoutUndefined({
    date: date === undefined || date.includes('/') ? undefined : checkRecordDate(date, 'dc:date'),
    creation: dateAt(element, 'created', 'dct:created'),
    publication: dateAt(element, 'issued', 'dct:issued'),
  });
}

function dateAt(element: XmlElement, name: string, shown: string): string | undefined {
  const text = textAt(element, name);
  return text === undefined ? undefined : checkRecordDate(text, shown);
}

/** `TemporalExtent` of CSW 3.0, a DCMI Period, or the interval some write as `dc:date`. */
function readTemporal(element: XmlElement): RecordPeriod | undefined {
  const extent = child(element, 'TemporalExtent');
  if (extent !== undefined) return period(textAt(extent, 'begin'), textAt(extent, 'end'), 'csw30:TemporalExtent');
  const text = textAt(element, 'temporal') ?? '';
  const named = (name: string): string | undefined => new RegExp(`(?:^|[;\\s])${name}=([^;\\s]{1,40})`).exec(text)?.[1];
  const written = period(named('start'), named('end'), 'dct:temporal');
  const date = textAt(element, 'date');
  if (written !== undefined || !date?.includes('/')) return written;
  const [start, end] = date.split('/');
  return period(start, end, 'dc:date');
}

function period(start: string | undefined, end: string | undefined, element: string): RecordPeriod | undefined {
  const bound = (text = ''): string | undefined => (text === '' ? undefined : checkRecordDate(text, element));
  const read = withoutUndefined({ start: bound(start), end: bound(end) });
  return read.start === undefined && read.end === undefined ? undefined : read;
}

function readParties(element: XmlElement): readonly RecordParty[] {
  const roles = { creator: 'originator', publisher: 'publisher', contributor: 'contributor' };
  return Object.entries(roles).flatMap(([name, role]) =>
    childrenOf(element, name).flatMap((found) => {
      const text = textOf(found);
      return text === undefined ? [] : [{ name: text, role }];
    }),
  );
}

/** `dct:references` with their scheme, and `dc:URI` as older catalogues write it. */
function readReferences(element: XmlElement): readonly OnlineResource[] {
  return [...childrenOf(element, 'references'), ...childrenOf(element, 'URI')].flatMap((found) => {
    const href = textOf(found);
    if (href === undefined) return [];
    const protocol = attribute(found, 'scheme') ?? attribute(found, 'protocol');
    return [
      withoutUndefined({
        href,
        protocol,
        name: attribute(found, 'name'),
        description: attribute(found, 'description'),
      }),
    ];
  });
}
