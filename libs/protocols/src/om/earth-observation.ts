import type { Collection } from '#domain/collection/collection.js';
import type { OnlineState } from '#domain/product/online-state.js';
import { propertyText, type ProductEntry } from '../opensearch/product-entry.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { writeEquipment } from './equipment.js';
import { writeFootprint } from './footprint.js';

/** Prefix and schema of each sensor type's observation (OGC 10-157r4 §7.3 to §7.6). */
const KINDS: Readonly<Record<Collection['sensorType'], string>> = {
  OPTICAL: 'opt',
  RADAR: 'sar',
  ATMOSPHERIC: 'atm',
  ALTIMETRIC: 'alt',
};

const NAMESPACES = {
  'xmlns:gml': 'http://www.opengis.net/gml/3.2',
  'xmlns:eop': 'http://www.opengis.net/eop/2.1',
  'xmlns:om': 'http://www.opengis.net/om/2.0',
  'xmlns:ows': 'http://www.opengis.net/ows/2.0',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
};

const STATUS: Readonly<Record<OnlineState, string | undefined>> = {
  online: 'ON-LINE',
  staging: 'OFF-LINE',
  offline: 'OFF-LINE',
  'metadata-only': undefined,
};

/**
 * EO metadata of a product as O&M (OGC 10-157r4, EOP 1.1). Scripts of CODE-DE pick elements in fours by local name, so `timePosition`,
 * `ServiceReference`, `size` and `identifier` occur once each, in this order.
 */
export function writeEarthObservation(entry: ProductEntry): XmlMarkup {
  const { product, collection } = entry;
  const kind = KINDS[collection.sensorType];
  const id = `eo_${product.uuid}`;
  const footprint = writeFootprint(product.geometry, id);
  return el(
    `${kind}:EarthObservation`,
    { [`xmlns:${kind}`]: `http://www.opengis.net/${kind}/2.1`, ...NAMESPACES, 'gml:id': id },
    el('om:phenomenonTime', {}, writePeriod(entry, `${id}_t`)),
    el('om:resultTime', {}, writeResultTime(entry, `${id}_r`)),
    el('om:procedure', {}, writeEquipment(product, kind, `${id}_e`)),
    el('om:observedProperty', { nilReason: 'inapplicable' }),
    el('om:featureOfInterest', footprint === undefined ? { nilReason: 'unknown' } : {}, footprint),
    el('om:result', {}, writeResult(entry, kind, `${id}_o`)),
    el('eop:metaDataProperty', {}, writeMetaData(entry)),
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

function writeResult({ product, downloadHref }: ProductEntry, kind: string, id: string): XmlMarkup {
  const percentage = (name: string, value: string | undefined): XmlMarkup | undefined =>
    value === undefined || kind !== 'opt' ? undefined : el(`opt:${name}`, { uom: '%' }, value);
  const reference = el('ows:ServiceReference', { 'xlink:href': downloadHref }, el('ows:RequestMessage'));
  const information = [
    el('eop:fileName', {}, reference),
    product.content && el('eop:size', { uom: 'B' }, product.content.size),
  ];
  return el(
    `${kind}:EarthObservationResult`,
    { 'gml:id': id },
    downloadHref !== undefined && el('eop:product', {}, el('eop:ProductInformation', {}, information)),
    percentage('cloudCoverPercentage', propertyText(product, 'cloudCover')),
    percentage('snowCoverPercentage', propertyText(product, 'snowCover')),
  );
}

function writeMetaData({ product, collection, identifier, parentIdentifier }: ProductEntry): XmlMarkup {
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
    text('statusSubType', STATUS[product.online]),
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
  );
}
