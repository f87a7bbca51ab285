import { InvalidError } from '#domain/errors.js';
import { boundingBoxOf } from '#domain/geometry/bounding-box.js';
import type { BoundingBox, Geometry } from '#domain/geometry/geometry.js';
import { readFootprint } from './footprint-read.js';
import type { RecordPeriod } from '../records/metadata-record.js';
import { joinBoxes } from '../records/record-bbox.js';
import { checkRecordBox, checkRecordDate, checkRecordNumber } from '../records/record-value.js';
import { withoutUndefined } from '../safe/without-undefined.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, select, selectFirst, textAt, textOf } from '../xml/xml-path.js';

const BOX = 'EX_GeographicBoundingBox';

/** Box, footprint and period of an identification, of all its extents together. Throws InvalidError naming the element. */
export function readExtent(identification: XmlElement | undefined): {
  readonly bbox: BoundingBox | undefined;
  readonly footprint: Geometry | undefined;
  readonly temporal: RecordPeriod | undefined;
} {
  const extents = select(identification, 'extent');
  const boxes = extents.flatMap((extent) => select(extent, `//${BOX}`)).flatMap(readBox);
  const period = extents.flatMap((extent) => select(extent, '//EX_TemporalExtent/extent'))[0];
  const footprint = readFootprint(extents);
  const around = footprint === undefined ? undefined : boundingBoxOf(footprint);
  return {
    bbox: joinBoxes(boxes) ?? around,
    footprint,
    temporal: period === undefined ? undefined : readPeriod(period),
  };
}

/** A box without any number is a nil one. */
function readBox(box: XmlElement): readonly BoundingBox[] {
  const sides = ['westBoundLongitude', 'southBoundLatitude', 'eastBoundLongitude', 'northBoundLatitude'];
  const texts = sides.map((side) => textAt(box, side));
  if (texts.every((text) => text === undefined)) return [];
  const numbers = texts.map((text, at) => {
    if (text === undefined) throw new InvalidError(`${box.qname} has no ${sides[at]}.`, { subject: box.qname });
    return checkRecordNumber(text, sides[at]!);
  });
  return [checkRecordBox(numbers, box.qname)];
}

/** `gml:TimePeriod` with positions or with instants, or `gml:TimeInstant`; indeterminate positions are open. */
function readPeriod(extent: XmlElement): RecordPeriod | undefined {
  const instant = selectFirst(extent, 'TimeInstant/timePosition');
  const [start, end] =
    instant === undefined ? [bound(extent, 'begin'), bound(extent, 'end')] : [position(instant), position(instant)];
  const period = withoutUndefined({ start, end });
  return period.start === undefined && period.end === undefined ? undefined : period;
}

function bound(extent: XmlElement, which: 'begin' | 'end'): string | undefined {
  return position(
    selectFirst(extent, `TimePeriod/${which}Position`) ??
      selectFirst(extent, `TimePeriod/${which}/TimeInstant/timePosition`),
  );
}

function position(element: XmlElement | undefined): string | undefined {
  const text = textOf(element);
  const open = attribute(element, 'indeterminatePosition');
  if (element === undefined || text === undefined || open === 'now' || open === 'unknown') return undefined;
  return checkRecordDate(text, element.qname);
}
