import { InvalidError } from '#domain/errors.js';
import { parseAvailability } from '../records/availability.js';
import type { MetadataRecord, RecordConformity, RecordDates } from '../records/metadata-record.js';
import { checkRecordDate } from '../records/record-value.js';
import { withoutUndefined } from '../safe/without-undefined.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, select, selectFirst, textAt, textOf } from '../xml/xml-path.js';
import { readExtent } from './extent-read.js';
import { freeText, freeTextAt } from './free-text.js';
import { readKeywords } from './keywords-read.js';
import { readObservation } from './observation-read.js';
import { readOnlineResources, readParties } from './party-read.js';

/** Where one encoding of ISO 19115 keeps what the other keeps elsewhere; all else has the same local names. */
export interface IsoPaths {
  readonly id: string;
  /** The id as errors name it. */
  readonly idElement: string;
  readonly parent: readonly string[];
  readonly scope: string;
  readonly modified: string;
  readonly language: string;
  readonly formatName: string;
}

const ISO_19139: IsoPaths = {
  id: 'fileIdentifier',
  idElement: 'gmd:fileIdentifier',
  parent: ['parentIdentifier'],
  scope: 'hierarchyLevel/MD_ScopeCode',
  modified: 'dateStamp',
  language: 'language',
  formatName: '//MD_Format/name',
};

/** Reads `gmd:MD_Metadata` or `gmi:MI_Metadata`, with either version of GML. Throws InvalidError naming the element that is wrong. */
export function readIso19139(element: XmlElement): MetadataRecord {
  return readIsoMetadata(element, ISO_19139);
}

/** Reads ISO 19115 metadata of either encoding; namespaces are not looked at. Throws InvalidError naming the element that is wrong. */
export function readIsoMetadata(metadata: XmlElement, paths: IsoPaths): MetadataRecord {
  const identification = selectFirst(metadata, 'identificationInfo/*');
  const { keywords, themes, properties } = readKeywords(identification);
  const citation = selectFirst(identification, 'citation/CI_Citation');
  return {
    id: readId(metadata, paths),
    keywords,
    themes,
    topics: texts(identification, 'topicCategory'),
    dates: readDates(citation),
    properties: { ...readObservation(metadata), ...properties },
    onlineResources: readOnlineResources(metadata),
    formats: [...new Set(texts(metadata, paths.formatName))],
    parties: readParties(metadata, identification),
    sources: texts(metadata, '//LI_Source/description'),
    relations: [],
    rights: constraints(identification, 'useConstraints', 'useLimitation'),
    accessConstraints: constraints(identification, 'accessConstraints'),
    coverage: [],
    places: texts(identification, 'extent/EX_Extent/description'),
    ...withoutUndefined({
      parentIdentifier: paths.parent.map((path) => textAt(metadata, path)).find((text) => text !== undefined),
      type: codeAt(metadata, paths.scope),
      title: freeTextAt(citation, 'title'),
      alternateTitle: freeTextAt(citation, 'alternateTitle'),
      abstract: freeTextAt(identification, 'abstract'),
      modified: dateAt(metadata, paths.modified),
      ...readExtent(identification),
      availability: parseAvailability(textAt(metadata, 'distributionInfo//orderingInstructions')),
      quicklook: textAt(identification, 'graphicOverview/MD_BrowseGraphic/fileName'),
      language: codeAt(metadata, `${paths.language}//LanguageCode`) ?? textAt(metadata, paths.language),
      lineage: freeTextAt(metadata, '//LI_Lineage/statement'),
      conformity: readConformity(metadata),
      crs: readCrs(metadata),
    }),
  };
}

/** The record's own identifier, else that of the resource. */
function readId(metadata: XmlElement, { id, idElement }: IsoPaths): string {
  const text = textAt(metadata, id) ?? textAt(metadata, 'identificationInfo/*/citation/CI_Citation/identifier/*/code');
  if (text === undefined) throw new InvalidError(`${idElement} is missing.`, { subject: idElement });
  return text;
}

function texts(element: XmlElement | undefined, path: string): readonly string[] {
  return select(element, path).flatMap((found) => freeText(found) ?? []);
}

/** A value of a code list: its attribute, else its text. */
function codeAt(element: XmlElement | undefined, path: string): string | undefined {
  const code = selectFirst(element, path);
  const value = attribute(code, 'codeListValue')?.trim();
  return value === undefined || value === '' ? textOf(code) : value;
}

function dateAt(element: XmlElement | undefined, path: string): string | undefined {
  const found = selectFirst(element, path);
  const text = textOf(found);
  return text === undefined || found === undefined ? undefined : checkRecordDate(text, found.qname);
}

function readDates(citation: XmlElement | undefined): RecordDates {
  const dates: Record<string, string> = {};
  for (const date of select(citation, 'date/CI_Date')) {
    const role = codeAt(date, 'dateType/CI_DateTypeCode') ?? 'revision';
    const time = dateAt(date, 'date');
    if (time !== undefined && ['creation', 'publication', 'revision'].includes(role)) dates[role] ??= time;
  }
  return dates;
}

/** Texts of the constraints of a kind; limitations of use are rights wherever they stand. */
function constraints(identification: XmlElement | undefined, kind: string, also?: string): readonly string[] {
  const found = select(identification, 'resourceConstraints/*');
  const others = found
    .filter((constraint) => select(constraint, kind).length > 0)
    .flatMap((constraint) => texts(constraint, 'otherConstraints'));
  const limitations = also === undefined ? [] : found.flatMap((constraint) => texts(constraint, also));
  return [...new Set([...others, ...limitations])];
}

function readConformity(metadata: XmlElement): RecordConformity | undefined {
  const result = selectFirst(metadata, '//DQ_ConformanceResult');
  const title = textAt(result, 'specification/CI_Citation/title');
  const date = dateAt(result, 'specification/CI_Citation/date/CI_Date/date');
  if (title === undefined || date === undefined) return undefined;
  const pass = textAt(result, 'pass');
  return { title, date, ...(pass === undefined ? {} : { pass: pass === 'true' || pass === '1' }) };
}

/** `EPSG:4326` of the ways it is written; other systems as written. */
function readCrs(metadata: XmlElement): string | undefined {
  const text = textAt(metadata, 'referenceSystemInfo/MD_ReferenceSystem/referenceSystemIdentifier/*/code');
  const code = text === undefined ? undefined : /EPSG(?:::?|\/[\d.]+\/|:[\d.]+:)(\d{4,6})$/i.exec(text)?.[1];
  return code === undefined ? text : `EPSG:${code}`;
}
