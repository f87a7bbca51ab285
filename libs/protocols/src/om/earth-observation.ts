import type { Collection } from '#domain/collection/collection.js';
import type { Product } from '#domain/product/product.js';
import { propertyText, type ProductEntry } from '../opensearch/product-entry.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { AVAILABILITY } from './availability.js';
import { writeEquipment } from './equipment.js';
import { writeFootprint } from './footprint.js';
import { observationNamespaces, type OmVersion } from './om-version.js';

/** Prefix and schema of each sensor type's observation (OGC 10-157r4 §7.3 to §7.6). */
const KINDS: Readonly<Record<Collection['sensorType'], string>> = {
  OPTICAL: 'opt',
  RADAR: 'sar',
  ATMOSPHERIC: 'atm',
  ALTIMETRIC: 'alt',
};

/** How an observation is written. */
export interface ObservationForm {
  readonly version: OmVersion;
  /**
   * True where a product this mirror holds no data of has a download and a size too (of 0 bytes): readers that group elements in fours over several
   * records would otherwise take the next product's.
   */
  readonly isComplete?: boolean;
  /** True for readers that know the schema common to all sensors only; what a sensor's own would say is vendor-specific there. */
  readonly isGeneral?: boolean;
}

/**
 * EO metadata of a product as O&M (OGC 10-157r3 or r4). Scripts of CODE-DE pick elements in fours by local name, so `timePosition`,
 * `ServiceReference`, `size` and `identifier` occur once each, in this order.
 */
export function writeEarthObservation(entry: ProductEntry, form: ObservationForm = { version: '1.1' }): XmlMarkup {
  const { product, collection } = entry;
  const kind = form.isGeneral === true ? 'eop' : KINDS[collection.sensorType];
  const id = `eo_${product.uuid}`;
  const footprint = writeFootprint(product.geometry, id, form.isGeneral === true ? 'as a list' : 'one by one');
  return el(
    `${kind}:EarthObservation`,
    { ...observationNamespaces(kind, form.version), 'gml:id': id },
    el('om:phenomenonTime', {}, writePeriod(entry, `${id}_t`)),
    el('om:resultTime', {}, writeResultTime(entry, `${id}_r`)),
    el('om:procedure', {}, writeEquipment(entry, kind, `${id}_e`)),
    el('om:observedProperty', { nilReason: 'inapplicable' }),
    el('om:featureOfInterest', footprint === undefined ? { nilReason: 'unknown' } : {}, footprint),
    el('om:result', {}, writeResult(form.isComplete === true ? withDownload(entry) : entry, kind, `${id}_o`)),
    el('eop:metaDataProperty', {}, writeMetaData(entry, kind)),
  );
}

function writePeriod({ product }: ProductEntry, id: string): XmlMarkup {
  return el(
    'gml:TimePeriod',
    { 'gml:id': id },
    el('gml:beginPosition', {}, product.acquiredFrom.toISOString()),
    el('gml:endPosition', {}, product.acquiredTo.toISOString()),
  );
}

/** When the product came into the catalogue; what mirrors take as their next watermark. */
function writeResultTime({ product }: ProductEntry, id: string): XmlMarkup {
  const published = product.published ?? product.acquiredTo;
  return el('gml:TimeInstant', { 'gml:id': id }, el('gml:timePosition', {}, published.toISOString()));
}

/** Where nothing is held: an address that says so, and no bytes. */
function withDownload(entry: ProductEntry): ObservedResult {
  const { downloadHref, product, mirror } = entry;
  return downloadHref === undefined
    ? { product, downloadHref: `${mirror.address}/download/${encodeURIComponent(product.id)}`, size: 0 }
    : entry;
}

interface ObservedResult {
  readonly product: Product;
  readonly downloadHref?: string;
  readonly size?: number;
}

function writeResult({ product, downloadHref, size }: ObservedResult, kind: string, id: string): XmlMarkup {
  const percentage = (name: string, value: string | undefined): XmlMarkup | undefined =>
    value === undefined || kind !== 'opt' ? undefined : el(`opt:${name}`, { uom: '%' }, value);
  const reference = el('ows:ServiceReference', { 'xlink:href': downloadHref }, el('ows:RequestMessage'));
  const bytes = product.content?.size ?? size;
  const information = [
    el('eop:fileName', {}, reference),
    bytes === undefined ? undefined : el('eop:size', { uom: 'B' }, bytes),
  ];
  return el(
    `${kind}:EarthObservationResult`,
    { 'gml:id': id },
    downloadHref !== undefined && el('eop:product', {}, el('eop:ProductInformation', {}, information)),
    percentage('cloudCoverPercentage', propertyText(product, 'cloudCover')),
    percentage('snowCoverPercentage', propertyText(product, 'snowCover')),
  );
}

function writeMetaData({ product, collection, identifier, parentIdentifier }: ProductEntry, kind: string): XmlMarkup {
  const text = (name: string, value: string | undefined): XmlMarkup | undefined =>
    value === undefined ? undefined : el(`eop:${name}`, {}, value);
  return el(
    'eop:EarthObservationMetaData',
    {},
    text('identifier', identifier),
    text('parentIdentifier', parentIdentifier),
    text('acquisitionType', propertyText(product, 'acquisitionType') ?? 'NOMINAL'),
    text('productType', propertyText(product, 'productType') ?? collection.productTypes[0]),
    text('status', 'ARCHIVED'),
    text('statusSubType', AVAILABILITY[product.online]),
    el(
      'eop:processing',
      {},
      el(
        'eop:ProcessingInformation',
        {},
        text('processingDate', propertyText(product, 'processed')),
        text('processorVersion', propertyText(product, 'processingBaseline')),
        text('processingLevel', propertyText(product, 'processingLevel')),
      ),
    ),
    kind === 'eop' && specific('cloudCoverPercentage', propertyText(product, 'cloudCover')),
  );
}

function specific(name: string, value: string | undefined): XmlMarkup | undefined {
  if (value === undefined) return undefined;
  const pair = [el('eop:localAttribute', {}, name), el('eop:localValue', {}, value)];
  return el('eop:vendorSpecific', {}, el('eop:SpecificInformation', {}, pair));
}
