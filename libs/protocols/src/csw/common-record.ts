import type { ElementSet, MetadataRecord, RecordPeriod } from '../records/metadata-record.js';
import { flatBoxes } from '../records/record-bbox.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { writeDublinCore } from './dublin-core.js';
import type { RecordVersion } from './record-version.js';

/** What of a record is asked for: an element set, or elements by name (`dc:title`, `ows:BoundingBox`, with any path before). */
export type RecordChoice = ElementSet | readonly string[];

const ELEMENTS: Readonly<Record<ElementSet, { readonly name: string; readonly names: readonly string[] }>> = {
  brief: { name: 'BriefRecord', names: ['dc:identifier', 'dc:title', 'dc:type', 'ows:BoundingBox'] },
  summary: {
    name: 'SummaryRecord',
    names: [
      'dc:identifier',
      'dc:title',
      'dc:type',
      'dc:subject',
      'dc:format',
      'dct:medium',
      'dc:relation',
      'dct:modified',
      'dct:abstract',
      'dct:spatial',
      'ows:BoundingBox',
      'TemporalExtent',
    ],
  },
  full: {
    name: 'Record',
    names: [
      'dc:identifier',
      'dc:title',
      'dct:alternative',
      'dc:type',
      'dc:subject',
      'dc:format',
      'dct:medium',
      'dc:relation',
      'dct:isPartOf',
      'dc:date',
      'dct:created',
      'dct:issued',
      'dct:modified',
      'dct:abstract',
      'dc:creator',
      'dc:publisher',
      'dc:contributor',
      'dc:source',
      'dc:language',
      'dc:rights',
      'dct:accessRights',
      'dct:provenance',
      'dc:coverage',
      'dct:spatial',
      'dct:temporal',
      'dct:references',
      'ows:BoundingBox',
      'TemporalExtent',
    ],
  },
};

/**
 * Writes a record as `csw:Record`, `csw:SummaryRecord` or `csw:BriefRecord`, or the elements asked for in a `csw:Record`, in the order of the schema. `dct:medium`
 * is where the bytes are: `online`, `staging` or `offline`.
 */
export function writeCommonRecord(record: MetadataRecord, version: RecordVersion, choice: RecordChoice): XmlText {
  const { prefix, namespace, ows } = version;
  const { name, names } = typeof choice === 'string' ? ELEMENTS[choice] : { name: 'Record', names: chosen(choice) };
  return xml`<${prefix}:${name} xmlns:${prefix}="${namespace}" xmlns:ows="${ows}"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/">
    ${names.map((element) => writeElement(record, element, version))}
    </${prefix}:${name}>`;
}

/** Whether a common record has an element of that name (`dc:title`, `/csw:Record/dc:title`); ElementName of others is a fault of the request. */
export function isRecordElement(name: string): boolean {
  return chosen([name]).length > 0;
}

/** ElementName (OGC 07-006r1 §10.8.4.9): the last step counts; a name without prefix means whatever has it. */
function chosen(wanted: readonly string[]): readonly string[] {
  const steps = new Set(wanted.map(lastStep));
  return ELEMENTS.full.names.filter((name) => steps.has(name) || steps.has(name.slice(name.indexOf(':') + 1)));
}

/** `dct:modified` of `/csw:Record/dcterms:modified`; catalogue prefixes, which differ from version to version, are left out. */
function lastStep(path: string): string {
  const step = path.slice(path.lastIndexOf('/') + 1);
  return step.replace(/^dcterms:/, 'dct:').replace(/^csw(?:30)?:/, '');
}

function writeElement(record: MetadataRecord, name: string, version: RecordVersion): XmlValue {
  switch (name) {
    case 'ows:BoundingBox':
      return writeBoxes(record, version);
    case 'TemporalExtent':
      return version.extents && writeTemporalExtent(record.temporal, version.prefix);
    default:
      return writeDublinCore(record, name);
  }
}

/** Boxes in latitude, longitude, cut at the antimeridian, which `ows:BoundingBox` cannot cross. */
function writeBoxes({ bbox }: MetadataRecord, { crs, extents }: RecordVersion): XmlValue {
  const boxes = flatBoxes(bbox);
  return [
    boxes.map(
      ([west, south, east, north]) => xml`<ows:BoundingBox crs="${crs}" dimensions="2">
        <ows:LowerCorner>${south} ${west}</ows:LowerCorner><ows:UpperCorner>${north} ${east}</ows:UpperCorner>
        </ows:BoundingBox>`,
    ),
    extents &&
      boxes.map(
        ([west, south, east, north]) => xml`<ows:WGS84BoundingBox>
          <ows:LowerCorner>${west} ${south}</ows:LowerCorner><ows:UpperCorner>${east} ${north}</ows:UpperCorner>
          </ows:WGS84BoundingBox>`,
      ),
  ];
}

function writeTemporalExtent(period: RecordPeriod | undefined, prefix: string): XmlValue {
  if (period === undefined) return undefined;
  const bound = (name: string, time: string | undefined): XmlValue =>
    time !== undefined && xml`<${prefix}:${name}>${dateTime(time)}</${prefix}:${name}>`;
  return xml`<${prefix}:TemporalExtent>${bound('begin', period.start)}${bound('end', period.end)}</${prefix}:TemporalExtent>`;
}

/** `xsd:dateTime` knows no shorter dates: a year or month begins with its first day. */
function dateTime(time: string): string {
  return time.includes('T') ? time : `${time}${'-01-01'.slice(time.length - 4)}T00:00:00Z`;
}
