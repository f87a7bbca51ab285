import type { Collection } from '#domain/collection/collection.js';
import type { Mirror } from '../links/product-links.js';
import { writeParentIdentifier } from '../opensearch/product-identifier.js';
import type { MetadataRecord, OnlineResource, RecordParty } from './metadata-record.js';

/** What the records of a collection's products share; made once per collection and answer, for it costs more than a record. */
export interface CollectionFacts {
  readonly collection: Collection;
  readonly mirror: Mirror;
  /** EOP identifier of the collection, the parent of its products. */
  readonly identifier: string;
  /** Everything of a record but what tells the series, or one product, from the others. */
  readonly shared: Omit<MetadataRecord, 'id' | 'title' | 'abstract' | 'dates' | 'properties' | 'onlineResources'>;
  readonly onlineResources: readonly OnlineResource[];
}

/** Gathers what all records of a collection say. */
export function describeCollection(collection: Collection, mirror: Mirror): CollectionFacts {
  const { inspire, license } = collection;
  const identifier = writeParentIdentifier(mirror.name, collection.shortName);
  return {
    collection,
    mirror,
    identifier,
    shared: {
      keywords: collection.keywords,
      themes: inspire.themes,
      topics: [inspire.topicCategory],
      formats: [formatOf(collection)],
      language: 'eng',
      parties: partiesOf(collection, mirror),
      sources: [],
      relations: [],
      rights: [inspire.useConditions, `${license.title}: ${license.url}`],
      accessConstraints: [inspire.accessConstraints],
      coverage: [],
      places: [],
      lineage: inspire.lineage,
      conformity: { title: inspire.specificationTitle, date: inspire.specificationDate },
    },
    onlineResources: servicesOf(identifier, mirror),
  };
}

/** A collection as the record of a *series* (ISO 19115 scope). */
export function collectionRecord(facts: CollectionFacts): MetadataRecord {
  const { collection, mirror, identifier, shared, onlineResources } = facts;
  const stac = `${mirror.address}/stac/collections/${encodeURIComponent(collection.id)}`;
  return {
    ...shared,
    id: identifier,
    type: 'series',
    title: collection.title,
    abstract: collection.description,
    dates: { publication: collection.temporalStart },
    modified: collection.temporalStart,
    bbox: collection.bbox,
    temporal: { start: collection.temporalStart },
    properties: propertiesOf(collection),
    crs: 'EPSG:4326',
    onlineResources: [
      ...onlineResources,
      { href: stac, protocol: 'WWW:LINK', name: 'STAC Collection', use: 'information' },
    ],
  };
}

function propertiesOf({ instrument, sensorType, processingLevel, productTypes, resolution, mission }: Collection) {
  const [productType] = productTypes;
  return {
    constellation: mission.toLowerCase(),
    instrument,
    sensorType,
    processingLevel,
    ...(productType === undefined ? {} : { productType }),
    ...(resolution === undefined ? {} : { resolution }),
  };
}

function partiesOf({ provider }: Collection, mirror: Mirror): readonly RecordParty[] {
  const email = provider.email === undefined ? {} : { email: provider.email };
  return [
    { name: provider.name, role: 'originator', url: provider.url, ...email },
    { name: provider.name, role: 'pointOfContact', url: provider.url, ...email },
    { name: mirror.name, role: 'publisher', url: mirror.address },
  ];
}

function formatOf({ mission }: Collection): string {
  if (mission === 'Sentinel-5P') return 'NetCDF';
  return mission === 'Sentinel-3' ? 'SEN3' : 'SAFE';
}

function servicesOf(identifier: string, { address }: Mirror): readonly OnlineResource[] {
  const parent = new URLSearchParams({ parentIdentifier: identifier }).toString();
  return [
    {
      href: `${address}/wms?service=WMS&version=1.3.0&request=GetCapabilities`,
      protocol: 'OGC:WMS',
      name: 'View service',
      use: 'information',
    },
    {
      href: `${address}/opensearch/description.xml?${parent}`,
      protocol: 'OGC:OpenSearch',
      name: 'OpenSearch description',
      use: 'search',
    },
  ];
}
