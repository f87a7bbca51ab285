import type { BoundingBox } from '#domain/geometry/geometry.js';
import type { RecordPeriod } from '../records/metadata-record.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { textProperty } from './property.js';

/** `gmd:extent`: the box (west may be greater than east: ISO 19115 B.3.1.2), the period, places in words. Nothing where there is none. */
export function writeExtent(
  bbox: BoundingBox | undefined,
  period: RecordPeriod | undefined,
  periodId: string,
  places: readonly string[] = [],
): XmlValue {
  if (bbox === undefined && period === undefined && places.length === 0) return undefined;
  return xml`<gmd:extent><gmd:EX_Extent>${places.map((place) => textProperty('gmd:description', place)).slice(0, 1)}
    ${bbox !== undefined && writeBox(bbox)}
    ${period !== undefined && writePeriod(period, periodId)}
    </gmd:EX_Extent></gmd:extent>`;
}

function writeBox([west, south, east, north]: BoundingBox): XmlText {
  return xml`<gmd:geographicElement><gmd:EX_GeographicBoundingBox>
    <gmd:westBoundLongitude><gco:Decimal>${decimal(west)}</gco:Decimal></gmd:westBoundLongitude>
    <gmd:eastBoundLongitude><gco:Decimal>${decimal(east)}</gco:Decimal></gmd:eastBoundLongitude>
    <gmd:southBoundLatitude><gco:Decimal>${decimal(south)}</gco:Decimal></gmd:southBoundLatitude>
    <gmd:northBoundLatitude><gco:Decimal>${decimal(north)}</gco:Decimal></gmd:northBoundLatitude>
    </gmd:EX_GeographicBoundingBox></gmd:geographicElement>`;
}

/** `xsd:decimal` has no exponents; INSPIRE wants two decimals at least. */
export function decimal(value: number): string {
  const text = String(value);
  if (text.includes('e')) return value.toFixed(12);
  const decimals = text.length - 1 - (text.includes('.') ? text.indexOf('.') : text.length - 1);
  return decimals >= 2 ? text : value.toFixed(2);
}

function writePeriod({ start, end }: RecordPeriod, id: string): XmlText {
  const bound = (name: string, time: string | undefined, open: string): XmlText =>
    time === undefined ? xml`<gml:${name} indeterminatePosition="${open}"/>` : xml`<gml:${name}>${time}</gml:${name}>`;
  return xml`<gmd:temporalElement><gmd:EX_TemporalExtent><gmd:extent><gml:TimePeriod gml:id="${id}">
    ${bound('beginPosition', start, 'unknown')}${bound('endPosition', end, 'now')}
    </gml:TimePeriod></gmd:extent></gmd:EX_TemporalExtent></gmd:temporalElement>`;
}
