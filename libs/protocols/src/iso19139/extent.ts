import type { BoundingBox, Position } from '#domain/geometry/geometry.js';
import { polygonsOf } from '../om/footprint.js';
import type { ElementSet, MetadataRecord, RecordPeriod } from '../records/metadata-record.js';
import { xmlId } from '../records/xml-id.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { textProperty } from './property.js';

/** What the encodings of ISO 19115 call the extent; all below has the same local names. */
export interface ExtentForm {
  readonly property: string;
  readonly prefix: string;
}

/** Extents of ISO 19139. */
export const GMD_EXTENT: ExtentForm = { property: 'gmd:extent', prefix: 'gmd' };

/** Extents of ISO 19115-3. */
export const GEX_EXTENT: ExtentForm = { property: 'mri:extent', prefix: 'gex' };

const LAT_LON = 'http://www.opengis.net/def/crs/EPSG/0/4326';

/** The extent: the box (west may be greater than east: ISO 19115 B.3.1.2), in full the footprint, the period and a place in words too. Nothing where there is none. */
export function writeExtent(record: MetadataRecord, { property, prefix }: ExtentForm, set: ElementSet): XmlValue {
  const { id, bbox, temporal, places } = record;
  const [place] = set === 'full' ? places : [];
  const period = set === 'full' ? temporal : undefined;
  if (bbox === undefined && period === undefined && place === undefined) return undefined;
  return xml`<${property}><${prefix}:EX_Extent>${textProperty(`${prefix}:description`, place)}
    ${bbox !== undefined && writeBox(bbox, prefix)}
    ${set === 'full' && writeFootprint(record, prefix)}
    ${period !== undefined && writePeriod(period, prefix, xmlId('period', id))}
    </${prefix}:EX_Extent></${property}>`;
}

function writeBox([west, south, east, north]: BoundingBox, prefix: string): XmlText {
  const side = (name: string, value: number): XmlText =>
    xml`<${prefix}:${name}><gco:Decimal>${decimal(value)}</gco:Decimal></${prefix}:${name}>`;
  return xml`<${prefix}:geographicElement><${prefix}:EX_GeographicBoundingBox>
    ${side('westBoundLongitude', west)}${side('eastBoundLongitude', east)}
    ${side('southBoundLatitude', south)}${side('northBoundLatitude', north)}
    </${prefix}:EX_GeographicBoundingBox></${prefix}:geographicElement>`;
}

/** `xsd:decimal` has no exponents; INSPIRE wants two decimals at least. */
function decimal(value: number): string {
  const text = String(value);
  if (text.includes('e')) return value.toFixed(12);
  const decimals = text.length - 1 - (text.includes('.') ? text.indexOf('.') : text.length - 1);
  return decimals >= 2 ? text : value.toFixed(2);
}

/** `EX_BoundingPolygon` with each part of the footprint, in latitude, longitude. */
function writeFootprint({ id, footprint }: MetadataRecord, prefix: string): XmlValue {
  const polygons = footprint === undefined ? [] : polygonsOf(footprint);
  if (polygons.length === 0) return undefined;
  const parts = polygons.map(
    (rings, at) => xml`<${prefix}:polygon><gml:Polygon gml:id="${xmlId(`part${at}`, id)}" srsName="${LAT_LON}">
      ${rings.map(writeRing)}</gml:Polygon></${prefix}:polygon>`,
  );
  return xml`<${prefix}:geographicElement><${prefix}:EX_BoundingPolygon>${parts}
    </${prefix}:EX_BoundingPolygon></${prefix}:geographicElement>`;
}

function writeRing(ring: readonly Position[], at: number): XmlText {
  const side = at === 0 ? 'exterior' : 'interior';
  const positions = ring.map(([longitude, latitude]) => `${latitude} ${longitude}`).join(' ');
  return xml`<gml:${side}><gml:LinearRing><gml:posList>${positions}</gml:posList></gml:LinearRing></gml:${side}>`;
}

function writePeriod({ start, end }: RecordPeriod, prefix: string, id: string): XmlText {
  const bound = (name: string, time: string | undefined, open: string): XmlText =>
    time === undefined ? xml`<gml:${name} indeterminatePosition="${open}"/>` : xml`<gml:${name}>${time}</gml:${name}>`;
  return xml`<${prefix}:temporalElement><${prefix}:EX_TemporalExtent><${prefix}:extent><gml:TimePeriod gml:id="${id}">
    ${bound('beginPosition', start, 'unknown')}${bound('endPosition', end, 'now')}
    </gml:TimePeriod></${prefix}:extent></${prefix}:EX_TemporalExtent></${prefix}:temporalElement>`;
}
