import { queryable, valueOf, type CswQueryable } from './csw-queryable.js';

const iso = (
  name: string,
  values: CswQueryable['values'],
  more: Partial<Omit<CswQueryable, 'name' | 'values' | 'group'>> = {},
): CswQueryable => queryable(`apiso:${name}`, values, { ...more, group: 'iso' });

/** Additional queryables of the ISO metadata application profile (OGC 07-045 tables 10 to 13). */
export const ISO_QUERYABLES: readonly CswQueryable[] = [
  iso('RevisionDate', ({ dates, modified }) => dates.revision ?? modified, {
    type: 'date',
    properties: ['updated'],
    stored: 'dct:revised',
  }),
  iso('CreationDate', ({ dates }) => dates.creation, {
    type: 'date',
    properties: ['processed'],
    stored: 'dct:created',
    aliases: ['created'],
  }),
  iso('PublicationDate', ({ dates }) => dates.publication, {
    type: 'date',
    properties: ['published'],
    stored: 'dct:issued',
    aliases: ['issued'],
  }),
  iso('AlternateTitle', ({ alternateTitle }) => alternateTitle, {
    stored: 'dct:alternative',
    aliases: ['alternative'],
  }),
  iso('OrganisationName', ({ parties }) => parties.map(({ name }) => name), {
    stored: 'organisationName',
    aliases: ['organizationname'],
  }),
  iso('HasSecurityConstraints', () => 'false'),
  iso('ResourceLanguage', ({ language }) => language, { stored: 'dc:language' }),
  iso('ResourceIdentifier', ({ id }) => id, { properties: ['id'] }),
  iso('ParentIdentifier', ({ parentIdentifier, relations }) => parentIdentifier ?? relations, {
    stored: 'dct:isPartOf',
    aliases: ['ispartof', 'collection'],
  }),
  iso('KeywordType', () => 'theme'),
  iso('TopicCategory', ({ topics }) => topics, { stored: 'iso:topicCategory' }),
  iso('GeographicDescriptionCode', ({ places }) => places, {
    stored: 'dct:spatial',
    aliases: ['geographicdescription'],
  }),
  iso('Denominator', () => undefined, { type: 'number', stored: 'denominator' }),
  iso('DistanceValue', valueOf('resolution'), { type: 'number', properties: ['resolution'] }),
  iso('DistanceUOM', ({ properties }) => (properties['resolution'] === undefined ? undefined : 'm')),
  iso('TempExtent_begin', ({ temporal }) => temporal?.start, {
    type: 'date',
    properties: ['acquiredFrom'],
    aliases: ['begindate', 'startdate', 'tempextentbegin'],
  }),
  iso('TempExtent_end', ({ temporal }) => temporal?.end, {
    type: 'date',
    properties: ['acquiredTo'],
    aliases: ['enddate', 'completiondate', 'tempextentend'],
  }),
  iso('ServiceType', () => undefined, { stored: 'serviceType' }),
  iso('ServiceTypeVersion', () => undefined, { stored: 'serviceTypeVersion' }),
  iso('Operation', () => undefined, { stored: 'operation' }),
  iso('OperatesOn', () => undefined, { stored: 'operatesOn' }),
  iso('OperatesOnIdentifier', () => undefined, { stored: 'operatesOn' }),
  iso('OperatesOnName', () => undefined, { stored: 'operatesOnName' }),
  iso('CouplingType', () => undefined, { stored: 'couplingType' }),
  iso('CRS', ({ crs }) => crs, { properties: ['projCode'], stored: 'crs' }),
];

/** Additional queryables of INSPIRE Discovery Services (TG 3.1, annex A) and the names of the older guidance. */
export const INSPIRE_QUERYABLES: readonly CswQueryable[] = (
  [
    [
      'Degree',
      ({ conformity }) => (conformity?.pass === undefined ? 'notEvaluated' : String(conformity.pass)),
      'degree',
    ],
    ['SpecificationTitle', ({ conformity }) => conformity?.title, 'specificationTitle'],
    ['SpecificationDate', ({ conformity }) => conformity?.date, 'specificationDate'],
    [
      'SpecificationDateType',
      ({ conformity }) => (conformity === undefined ? undefined : 'publication'),
      'specificationDateType',
    ],
    ['AccessConstraints', ({ accessConstraints }) => accessConstraints, 'dct:accessRights'],
    ['OtherConstraints', ({ accessConstraints }) => accessConstraints, 'dct:accessRights'],
    ['Classification', () => undefined, 'classification'],
    ['ConditionApplyingToAccessAndUse', ({ rights }) => rights, 'dc:rights'],
    ['Lineage', ({ lineage }) => lineage, 'dct:provenance'],
    ['ResponsiblePartyRole', ({ parties }) => parties.map(({ role }) => role), 'responsiblePartyRole'],
    ['MetadataLanguage', ({ language }) => language, 'dc:language'],
    ['ResourceLocator', ({ onlineResources }) => onlineResources.map(({ href }) => href), 'resourceLocator'],
    ['SpatialDataThemes', ({ themes }) => themes, 'inspire:themes'],
  ] satisfies readonly (readonly [string, CswQueryable['values'], string])[]
).map(([name, values, stored]) => queryable(`apiso:${name}`, values, { group: 'inspire', stored }));
