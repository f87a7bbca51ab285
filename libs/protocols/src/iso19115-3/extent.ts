import type { BoundingBox } from '#domain/geometry/geometry.js';
import { decimal } from '../iso19139/extent.js';
import type { RecordPeriod } from '../records/metadata-record.js';
import { periodId } from '../records/period-id.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { textProperty } from './property.js';

/** Where and when; the period is known by the record's id. */
export interface IsoExtent {
  readonly id?: string;
  readonly bbox: BoundingBox | undefined;
  readonly temporal?: RecordPeriod | undefined;
  readonly places?: readonly string[];
}

/** `mri:extent`: the box (west may be greater than east), the period, a place in words. Nothing where there is none. */
export function writeExtent({ id = '', bbox, temporal, places = [] }: IsoExtent): XmlValue {
  if (bbox === undefined && temporal === undefined && places.length === 0) return undefined;
  return xml`<mri:extent><gex:EX_Extent>${textProperty('gex:description', places[0])}
    ${bbox !== undefined && writeBox(bbox)}
    ${temporal !== undefined && writePeriod(temporal, periodId({ id }))}
    </gex:EX_Extent></mri:extent>`;
}

function writeBox([west, south, east, north]: BoundingBox): XmlText {
  return xml`<gex:geographicElement><gex:EX_GeographicBoundingBox>
    <gex:westBoundLongitude><gco:Decimal>${decimal(west)}</gco:Decimal></gex:westBoundLongitude>
    <gex:eastBoundLongitude><gco:Decimal>${decimal(east)}</gco:Decimal></gex:eastBoundLongitude>
    <gex:southBoundLatitude><gco:Decimal>${decimal(south)}</gco:Decimal></gex:southBoundLatitude>
    <gex:northBoundLatitude><gco:Decimal>${decimal(north)}</gco:Decimal></gex:northBoundLatitude>
    </gex:EX_GeographicBoundingBox></gex:geographicElement>`;
}

function writePeriod({ start, end }: RecordPeriod, id: string): XmlText {
  const bound = (name: string, time: string | undefined, open: string): XmlText =>
    time === undefined ? xml`<gml:${name} indeterminatePosition="${open}"/>` : xml`<gml:${name}>${time}</gml:${name}>`;
  return xml`<gex:temporalElement><gex:EX_TemporalExtent><gex:extent><gml:TimePeriod gml:id="${id}">
    ${bound('beginPosition', start, 'unknown')}${bound('endPosition', end, 'now')}
    </gml:TimePeriod></gex:extent></gex:EX_TemporalExtent></gex:temporalElement>`;
}
