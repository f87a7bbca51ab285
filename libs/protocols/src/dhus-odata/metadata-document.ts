import { el, type XmlMarkup } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';

type Property = readonly [name: string, type: string, required?: boolean];
type Navigation = readonly [name: string, association: string, from: string, to: string];

interface EntityModel {
  readonly name: string;
  readonly set: string;
  readonly key: string;
  readonly hasStream: boolean;
  readonly properties: readonly Property[];
  readonly navigations: readonly Navigation[];
}

const ITEM: readonly Property[] = [
  ['Id', 'Edm.String', true],
  ['Name', 'Edm.String'],
  ['ContentType', 'Edm.String'],
  ['ContentLength', 'Edm.Int64'],
];

const NODE: readonly Property[] = [...ITEM, ['ChildrenNumber', 'Edm.Int64'], ['Value', 'Edm.String']];

const MODELS: readonly EntityModel[] = [
  {
    name: 'Product',
    set: 'Products',
    key: 'Id',
    hasStream: true,
    properties: [
      ...NODE,
      ['CreationDate', 'Edm.DateTime', true],
      ['IngestionDate', 'Edm.DateTime', true],
      ['ModificationDate', 'Edm.DateTime', true],
      ['EvictionDate', 'Edm.DateTime'],
      ['Online', 'Edm.Boolean', true],
      ['OnDemand', 'Edm.Boolean', true],
      ['ContentDate', 'DHuS.TimeRange'],
      ['Checksum', 'DHuS.Checksum'],
      ['ContentGeometry', 'Edm.String'],
    ],
    navigations: [
      ['Products', 'Product_Product', 'Product_Product', 'Product_Products'],
      ['Nodes', 'Product_Node', 'Node_Product', 'Product_Nodes'],
      ['Attributes', 'Product_Attribute', 'Attribute_Product', 'Product_Attributes'],
      ['Class', 'Product_Class', 'Class_Products', 'Product_Class'],
    ],
  },
  {
    name: 'Node',
    set: 'Nodes',
    key: 'Id',
    hasStream: true,
    properties: NODE,
    navigations: [
      ['Class', 'Node_Class', 'Class_Nodes', 'Node_Class'],
      ['Nodes', 'Node_Node', 'Node_Node', 'Node_Nodes'],
      ['Attributes', 'Node_Attribute', 'Attribute_Node', 'Node_Attributes'],
    ],
  },
  {
    name: 'Attribute',
    set: 'Attributes',
    key: 'Id',
    hasStream: false,
    properties: [...ITEM, ['Value', 'Edm.String'], ['Category', 'Edm.String']],
    navigations: [],
  },
  {
    name: 'Class',
    set: 'Classes',
    key: 'Id',
    hasStream: false,
    properties: [
      ['Id', 'Edm.String', true],
      ['Uri', 'Edm.String'],
    ],
    navigations: [['Classes', 'Class_Class', 'Class_Parent', 'Class_Classes']],
  },
  {
    name: 'Collection',
    set: 'Collections',
    key: 'Name',
    hasStream: false,
    properties: [
      ['Name', 'Edm.String', true],
      ['Description', 'Edm.String'],
      ['UUID', 'Edm.String'],
    ],
    navigations: [['Products', 'Collection_Product', 'Product_Collections', 'Collection_Products']],
  },
  {
    name: 'DeletedProduct',
    set: 'DeletedProducts',
    key: 'Id',
    hasStream: false,
    properties: [
      ['Id', 'Edm.String', true],
      ['Name', 'Edm.String'],
      ['CreationDate', 'Edm.DateTime'],
      ['FootPrint', 'Edm.String'],
      ['Size', 'Edm.Int64'],
      ['IngestionDate', 'Edm.DateTime'],
      ['ContentDate', 'DHuS.TimeRange'],
      ['DeletionDate', 'Edm.DateTime'],
      ['DeletionCause', 'Edm.String'],
      ['Checksum', 'DHuS.Checksum'],
    ],
    navigations: [['Class', 'DeletedProduct_Class', 'Class_DeletedProducts', 'DeletedProduct_Class']],
  },
];

/** Type and set at the far end of each navigation property. */
const TARGETS: Readonly<Record<string, string>> = {
  Products: 'Product',
  Nodes: 'Node',
  Attributes: 'Attribute',
  Class: 'Class',
  Classes: 'Class',
};

const EDM = 'http://schemas.microsoft.com/ado/2008/09/edm';
const METADATA = 'http://schemas.microsoft.com/ado/2007/08/dataservices/metadata';

/** Names of the entity sets, as the service document lists them. */
export const ENTITY_SETS: readonly string[] = MODELS.map(({ set }) => set);

/** The `$metadata` document: the entity data model of DHuS in CSDL 2.0 (EDMX 1.0), names as its synchronisers know them. */
export function writeMetadataDocument(): string {
  const schema = el(
    'Schema',
    { xmlns: EDM, Namespace: 'DHuS' },
    MODELS.map(entityType),
    complexType('TimeRange', [
      ['Start', 'Edm.DateTime'],
      ['End', 'Edm.DateTime'],
    ]),
    complexType('Checksum', [
      ['Algorithm', 'Edm.String'],
      ['Value', 'Edm.String'],
    ]),
    ASSOCIATIONS.map(association),
    container(),
  );
  const services = el('edmx:DataServices', { 'xmlns:m': METADATA, 'm:DataServiceVersion': '1.0' }, schema);
  const edmx = { 'xmlns:edmx': 'http://schemas.microsoft.com/ado/2007/06/edmx', Version: '1.0' };
  return writeXml(el('edmx:Edmx', edmx, services));
}

function entityType({ name, key, hasStream, properties, navigations }: EntityModel): XmlMarkup {
  return el(
    'EntityType',
    { Name: name, 'm:HasStream': hasStream ? true : undefined },
    el('Key', {}, el('PropertyRef', { Name: key })),
    properties.map(property),
    navigations.map(([navigation, relation, from, to]) =>
      el('NavigationProperty', { Name: navigation, Relationship: `DHuS.${relation}`, FromRole: from, ToRole: to }),
    ),
  );
}

function property([name, type, required]: Property): XmlMarkup {
  const precision = type === 'Edm.DateTime' ? 3 : undefined;
  return el('Property', {
    Name: name,
    Type: type,
    Nullable: required === true ? false : undefined,
    Precision: precision,
  });
}

function complexType(name: string, properties: readonly Property[]): XmlMarkup {
  return el('ComplexType', { Name: name }, properties.map(property));
}

interface Association {
  readonly name: string;
  readonly from: { readonly role: string; readonly model: EntityModel; readonly multiplicity: string };
  readonly to: { readonly role: string; readonly model: EntityModel; readonly multiplicity: string };
}

const ASSOCIATIONS: readonly Association[] = MODELS.flatMap((model) =>
  model.navigations.map(([navigation, name, from, to]): Association => {
    const target = MODELS.find((candidate) => candidate.name === TARGETS[navigation]) ?? model;
    return {
      name,
      from: { role: from, model, multiplicity: '0..1' },
      to: { role: to, model: target, multiplicity: navigation === 'Class' ? '1' : '*' },
    };
  }),
);

function association({ name, from, to }: Association): XmlMarkup {
  const ends = [from, to].map(({ role, model, multiplicity }) =>
    el('End', { Type: `DHuS.${model.name}`, Multiplicity: multiplicity, Role: role }),
  );
  return el('Association', { Name: name }, ends);
}

function container(): XmlMarkup {
  return el(
    'EntityContainer',
    { Name: 'DHuSData', 'm:IsDefaultEntityContainer': true },
    MODELS.map(({ name, set }) => el('EntitySet', { Name: set, EntityType: `DHuS.${name}` })),
    ASSOCIATIONS.map(({ name, from, to }) => {
      const ends = [from, to].map(({ role, model }) => el('End', { EntitySet: model.set, Role: role }));
      return el('AssociationSet', { Name: name, Association: `DHuS.${name}` }, ends);
    }),
  );
}
