import { el, type XmlMarkup } from '../xml/xml-element.js';

const SETS = ['Products', 'DeletedProducts', 'Subscriptions'] as const;

/** The service document (OData JSON 4.01 §5). */
export function writeServiceDocument(): Record<string, unknown> {
  return {
    '@odata.context': '$metadata',
    value: SETS.map((name) => ({ name, kind: 'EntitySet', url: name })),
  };
}

const EDMX = 'http://docs.oasis-open.org/odata/ns/edmx';
const EDM = 'http://docs.oasis-open.org/odata/ns/edm';

type Properties = Readonly<Record<string, string>>;

const COMPLEX_TYPES: Readonly<Record<string, Properties>> = {
  Checksum: { Value: 'Edm.String', Algorithm: 'Edm.String', ChecksumDate: 'Edm.DateTimeOffset' },
  TimeRange: { Start: 'Edm.DateTimeOffset', End: 'Edm.DateTimeOffset' },
  Location: {
    FormatType: 'Edm.String',
    DownloadLink: 'Edm.String',
    ContentLength: 'Edm.Int64',
    Checksum: 'Collection(OData.CSC.Checksum)',
    S3Path: 'Edm.String',
  },
};

const VALUE_TYPES: Properties = {
  String: 'Edm.String',
  Integer: 'Edm.Int64',
  Double: 'Edm.Double',
  DateTimeOffset: 'Edm.DateTimeOffset',
  Boolean: 'Edm.Boolean',
};

const PRODUCT: Properties = {
  Id: 'Edm.Guid',
  Name: 'Edm.String',
  ContentType: 'Edm.String',
  ContentLength: 'Edm.Int64',
  OriginDate: 'Edm.DateTimeOffset',
  PublicationDate: 'Edm.DateTimeOffset',
  ModificationDate: 'Edm.DateTimeOffset',
  Online: 'Edm.Boolean',
  EvictionDate: 'Edm.DateTimeOffset',
  S3Path: 'Edm.String',
  Checksum: 'Collection(OData.CSC.Checksum)',
  ContentDate: 'OData.CSC.TimeRange',
  Footprint: 'Edm.Geography',
};

const DELETED: Properties = {
  Id: 'Edm.Guid',
  Name: 'Edm.String',
  ContentType: 'Edm.String',
  DeletionDate: 'Edm.DateTimeOffset',
  DeletionCause: 'Edm.String',
};

const ASSET: Properties = { Id: 'Edm.Guid', Type: 'Edm.String', DownloadLink: 'Edm.String', S3Path: 'Edm.String' };

const SUBSCRIPTION: Properties = {
  Id: 'Edm.Guid',
  Status: 'Edm.String',
  SubscriptionEvent: 'Collection(Edm.String)',
  FilterParam: 'Edm.String',
  SubmissionDate: 'Edm.DateTimeOffset',
  LastNotificationDate: 'Edm.DateTimeOffset',
  StageOrder: 'Edm.Boolean',
  Priority: 'Edm.Int64',
  NotificationEndpoint: 'Edm.String',
};

/** The metadata document (OData CSDL XML 4.01): entity types of the namespace `OData.CSC`. */
export function writeMetadataDocument(): XmlMarkup {
  const schema = el('Schema', { xmlns: EDM, Namespace: 'OData.CSC' }, [
    ...Object.entries(COMPLEX_TYPES).map(([name, properties]) =>
      el('ComplexType', { Name: name }, propertiesOf(properties)),
    ),
    ...attributeTypes(),
    entityType('Asset', ASSET),
    entityType('Product', PRODUCT, [
      navigation('Attributes', 'Attribute'),
      navigation('Assets', 'Asset'),
      el('Property', { Name: 'Locations', Type: 'Collection(OData.CSC.Location)' }),
    ]),
    entityType('DeletedProduct', DELETED),
    entityType('Subscription', SUBSCRIPTION),
    el(
      'EntityContainer',
      { Name: 'Container' },
      SETS.map((name) => el('EntitySet', { Name: name, EntityType: `OData.CSC.${name.slice(0, -1)}` })),
    ),
  ]);
  return el('edmx:Edmx', { 'xmlns:edmx': EDMX, Version: '4.0' }, [el('edmx:DataServices', {}, [schema])]);
}

function attributeTypes(): readonly XmlMarkup[] {
  const base = el('EntityType', { Name: 'Attribute', Abstract: 'true' }, [
    el('Key', {}, [el('PropertyRef', { Name: 'Name' })]),
    ...propertiesOf({ Name: 'Edm.String', ValueType: 'Edm.String' }),
  ]);
  const typed = Object.entries(VALUE_TYPES).map(([name, type]) =>
    el('EntityType', { Name: `${name}Attribute`, BaseType: 'OData.CSC.Attribute' }, propertiesOf({ Value: type })),
  );
  return [base, ...typed];
}

function entityType(name: string, properties: Properties, more: readonly XmlMarkup[] = []): XmlMarkup {
  const key = el('Key', {}, [el('PropertyRef', { Name: 'Id' })]);
  return el('EntityType', { Name: name, ...(name === 'Product' ? { HasStream: 'true' } : {}) }, [
    key,
    ...propertiesOf(properties),
    ...more,
  ]);
}

function propertiesOf(properties: Properties): readonly XmlMarkup[] {
  return Object.entries(properties).map(([name, type]) => el('Property', { Name: name, Type: type }));
}

function navigation(name: string, type: string): XmlMarkup {
  return el('NavigationProperty', { Name: name, Type: `Collection(OData.CSC.${type})`, ContainsTarget: 'true' });
}
