import {
  hubFeedError,
  hubODataError,
  oaiError,
  odataError,
  owsReport,
  problem,
  restoError,
  sruDiagnostics,
  type OwnForm,
} from './own-form.js';

/** A request that means harm, and how it has to be answered. */
export interface Attack {
  readonly name: string;
  readonly path: string;
  readonly init?: RequestInit;
  readonly refused: OwnForm;
}

const MANY = 10_000;
const POSITIONS = 100_000;

const post = (type: string, body: string | Uint8Array, token = false): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': type, ...(token ? { authorization: 'Bearer operator-token-of-this-test' } : {}) },
  body: body as string,
});
const csw = (name: string, body: string | Uint8Array): Attack => ({
  name: `CSW: ${name}`,
  path: '/csw',
  init: post('application/xml', body),
  refused: owsReport,
});

const CSW_202 = 'http://www.opengis.net/cat/csw/2.0.2';
const CSW_30 = 'http://www.opengis.net/cat/csw/3.0';

function getRecords(filter: string, version: '2.0.2' | '3.0.0' = '2.0.2'): string {
  const [namespace, fes] =
    version === '2.0.2' ? [CSW_202, 'http://www.opengis.net/ogc'] : [CSW_30, 'http://www.opengis.net/fes/2.0'];
  return (
    `<csw:GetRecords xmlns:csw="${namespace}" xmlns:f="${fes}" xmlns:gml="http://www.opengis.net/gml" service="CSW" version="${version}">` +
    `<csw:Query typeNames="csw:Record"><csw:ElementSetName>brief</csw:ElementSetName>` +
    `<csw:Constraint version="1.1.0"><f:Filter>${filter}</f:Filter></csw:Constraint></csw:Query></csw:GetRecords>`
  );
}

const BOMB =
  '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>' +
  getRecords(
    '<f:PropertyIsEqualTo><f:PropertyName>dc:title</f:PropertyName><f:Literal>&c;</f:Literal></f:PropertyIsEqualTo>',
  );
const EXTERNAL = `<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">${getRecords('')}`;

function utf16(text: string, endian: 'le' | 'be'): Uint8Array {
  const bytes = Buffer.from(
    `\uFEFF${text.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>')}`,
    'utf16le',
  );
  return endian === 'le' ? bytes : bytes.swap16();
}

const comparison = (reference: string): string =>
  `<f:PropertyIsEqualTo><f:${reference}>dc:title</f:${reference}><f:Literal>x</f:Literal></f:PropertyIsEqualTo>`;
const ring = Array.from({ length: POSITIONS }, (_, n) => {
  const angle = (2 * Math.PI * (n % (POSITIONS - 1))) / (POSITIONS - 1);
  return [20 * Math.cos(angle), 20 * Math.sin(angle)] as const;
});
const wktRing = ring.map(([x, y]) => `${x.toFixed(5)} ${y.toFixed(5)}`);

const CSW_ATTACKS: readonly Attack[] = [
  csw('entity bomb', BOMB),
  csw('external DTD', EXTERNAL),
  csw('entity bomb in UTF-16LE', utf16(BOMB, 'le')),
  csw('entity bomb in UTF-16BE', utf16(BOMB, 'be')),
  csw('entity bomb in UTF-7 by declaration', BOMB.replace('version="1.0"?', 'version="1.0" encoding="UTF-7"?')),
  csw(
    'SOAP around a DOCTYPE',
    BOMB.replace(
      '<csw:GetRecords',
      '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><csw:GetRecords',
    ),
  ),
  csw(`${MANY} conditions, Filter 1.1`, getRecords(`<f:Or>${comparison('PropertyName').repeat(MANY)}</f:Or>`)),
  csw(
    `${MANY} conditions, Filter 2.0`,
    getRecords(`<f:Or>${comparison('ValueReference').repeat(MANY)}</f:Or>`, '3.0.0'),
  ),
  csw(`${MANY} NOTs`, getRecords(`${'<f:Not>'.repeat(MANY)}${comparison('PropertyName')}${'</f:Not>'.repeat(MANY)}`)),
  csw(
    `polygon of ${POSITIONS} points`,
    getRecords(
      `<f:Intersects><f:PropertyName>ows:BoundingBox</f:PropertyName><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>${wktRing.join(' ')}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></f:Intersects>`,
    ),
  ),
  csw(
    'code in the name of a property',
    getRecords(comparison('PropertyName').replace('dc:title', 'exec(java.lang.Runtime.getRuntime(),"id")')),
  ),
  csw('NUL by reference', getRecords(comparison('PropertyName').replace('>x<', '>&#0;<'))),
  csw('no XML', '{"request":"GetRecords"}'),
  csw('half an XML', getRecords('').slice(0, 200)),
];

const get = (name: string, path: string, parameters: Readonly<Record<string, string>>, refused: OwnForm): Attack => ({
  name,
  path: `${path}?${new URLSearchParams(parameters).toString()}`,
  refused,
});

const NESTED = 400;
const brackets = (word: string, inner: string, times = NESTED): string =>
  `${`${word}(`.repeat(times)}${inner}${')'.repeat(times)}`;
const CSW_GET = {
  service: 'CSW',
  version: '2.0.2',
  request: 'GetRecords',
  typeNames: 'csw:Record',
  constraintLanguage: 'CQL_TEXT',
};
const BAD_WKT = 'POLYGON((0 0,1e999 1,1 NaN,0 0))';

const GET_ATTACKS: readonly Attack[] = [
  get('CSW: CQL nested deep', '/csw', { ...CSW_GET, constraint: brackets('NOT ', "dc:title = 'x'") }, owsReport),
  get('CSW: CQL with a lone quote', '/csw', { ...CSW_GET, constraint: "dc:title = 'x' OR '1'='1' --" }, owsReport),
  get('CSW: record number beyond counting', '/csw', { ...CSW_GET, startPosition: '1e400' }, owsReport),
  get('OpenSearch: bad polygon', '/opensearch/request', { geometry: BAD_WKT }, owsReport),
  get('OpenSearch: NUL in a value', '/opensearch/request', { productType: 'a\0b' }, owsReport),
  get('OpenSearch: page beyond counting', '/opensearch/request', { startPage: '99999999999999999999' }, owsReport),
  get(
    'SRU: bad polygon',
    '/opensearch/request',
    { httpAccept: 'application/sru+xml', recordSchema: 'om', geometry: BAD_WKT },
    sruDiagnostics,
  ),
  get('resto: bad polygon', '/resto/api/collections/search.json', { geometry: BAD_WKT }, restoError),
  get('resto: NUL in a value', '/resto/api/collections/search.json', { productType: 'a\0b' }, restoError),
  get('resto: no such collection', '/resto/api/collections/..%2F..%2Fetc/search.json', {}, restoError),
  get(
    'DHuS: nested deep',
    '/dhus/search',
    { format: 'json', q: brackets('NOT ', 'platformname:Sentinel-1') },
    hubFeedError,
  ),
  get('DHuS: regex that explodes', '/dhus/search', { format: 'json', q: 'identifier:/(a+)+$/' }, hubFeedError),
  get('DHuS: bad polygon', '/dhus/search', { format: 'json', q: `footprint:"Intersects(${BAD_WKT})"` }, hubFeedError),
  get('DHuS: NUL in a value', '/dhus/search', { format: 'json', q: 'identifier:"a\0b"' }, hubFeedError),
  get(
    'DHuS OData: nested deep',
    '/dhus/odata/v1/Products',
    { $format: 'json', $filter: brackets('not ', "Name eq 'x'") },
    hubODataError,
  ),
  get(
    'DHuS OData: lone quote',
    '/dhus/odata/v1/Products',
    { $format: 'json', $filter: "Name eq 'x' or 1 eq 1 --'" },
    hubODataError,
  ),
  get('DHuS OData: NUL', '/dhus/odata/v1/Products', { $format: 'json', $filter: "Name eq 'a\0b'" }, hubODataError),
  get('OData: nested deep', '/odata/v1/Products', { $filter: brackets('not ', "Name eq 'x'") }, odataError),
  get('OData: lone quote', '/odata/v1/Products', { $filter: "Name eq 'x'' or 1 eq 1" }, odataError),
  get('OData: NUL', '/odata/v1/Products', { $filter: "Name eq 'a\0b'" }, odataError),
  get(
    'OData: bad polygon',
    '/odata/v1/Products',
    { $filter: `OData.CSC.Intersects(area=geography'SRID=4326;${BAD_WKT}')` },
    odataError,
  ),
  get('OData: number beyond counting', '/odata/v1/Products', { $skip: '1e400' }, odataError),
  get('STAC: CQL2 nested deep', '/stac/search', { filter: brackets('NOT ', "id = 'x'") }, problem),
  get('STAC: CQL2 with a lone quote', '/stac/search', { filter: "id = 'x'' OR 1 = 1 --" }, problem),
  get('STAC: CQL2 with a lone backslash', '/stac/search', { filter: "id LIKE 'x\\'" }, problem),
  get('STAC: CQL2 with NUL in a text', '/stac/search', { filter: "id = 'a\0b'" }, problem),
  get('STAC: CQL2 with NUL in a name', '/stac/search', { filter: '"a\0b" = 1' }, problem),
  get('STAC: CQL2 of numbers beyond counting', '/stac/search', { filter: 'eo:cloud_cover < 1e999' }, problem),
  get(
    'STAC: CQL2 with code for a name',
    '/stac/search',
    { filter: `"x'); drop table catalogue.product; --"(1) = 1` },
    problem,
  ),
  get('STAC: sort by a quote', '/stac/search', { sortby: `"';--` }, problem),
  get('STAC: bad box', '/stac/search', { bbox: '1,2,NaN,1e999' }, problem),
  get('OAI: bad token', '/oai', { verb: 'ListRecords', resumptionToken: "' or 1=1 --\0" }, oaiError),
];

/** Far deeper than a filter may be: made as text, as no program could make it by recursion either. */
const DEEP = 100_000;
const stac = (name: string, body: string): Attack => ({
  name: `STAC: ${name}`,
  path: '/stac/search',
  init: post('application/json', body),
  refused: problem,
});
const inText = (filter: string): string => JSON.stringify({ 'filter-lang': 'cql2-text', filter });
const inJson = (filter: string): string => `{"filter-lang":"cql2-json","filter":${filter}}`;
const equals = (property: string, value: string): string => JSON.stringify({ op: '=', args: [{ property }, value] });
const ofPolygon = { op: 's_intersects', args: [{ property: 'geometry' }, { type: 'Polygon', coordinates: [ring] }] };

const STAC_ATTACKS: readonly Attack[] = [
  stac(`CQL2 text of ${MANY} conditions`, inText(Array.from({ length: MANY }, (_, n) => `id = '${n}'`).join(' OR '))),
  stac(`CQL2 JSON of ${MANY} conditions`, inJson(`{"op":"or","args":[${`${equals('id', 'x')},`.repeat(MANY)}true]}`)),
  stac(`CQL2 text of ${MANY} sums`, inText(`${'1 + '.repeat(MANY)}eo:cloud_cover > 1`)),
  stac(`CQL2 text ${DEEP} brackets deep`, inText(`${'('.repeat(DEEP)}TRUE${')'.repeat(DEEP)}`)),
  stac(`CQL2 text of ${DEEP} NOTs`, inText(`${'NOT ('.repeat(DEEP)}TRUE${')'.repeat(DEEP)}`)),
  stac(`CQL2 text of ${DEEP} signs`, inText(`eo:cloud_cover = ${'-('.repeat(DEEP)}1${')'.repeat(DEEP)}`)),
  stac(`CQL2 text of ${DEEP} functions`, inText(`${'abs('.repeat(DEEP)}1${')'.repeat(DEEP)} = 1`)),
  stac(`CQL2 JSON ${DEEP} lists deep`, inJson(`${'['.repeat(DEEP)}1${']'.repeat(DEEP)}`)),
  stac(`CQL2 JSON of ${MANY} NOTs`, inJson(`${'{"op":"not","args":['.repeat(MANY)}true${']}'.repeat(MANY)}`)),
  stac(
    `CQL2 text with a polygon of ${POSITIONS} points`,
    inText(`S_INTERSECTS(geometry, POLYGON((${wktRing.join(',')})))`),
  ),
  stac(`CQL2 JSON with a polygon of ${POSITIONS} points`, inJson(JSON.stringify(ofPolygon))),
  stac('CQL2 JSON with NUL in a text', inJson(equals('id', 'a\0b'))),
  stac('CQL2 JSON with NUL in a name', inJson(equals('a\0b', 'x'))),
  stac('CQL2 JSON with a lone backslash', inJson(String.raw`{"op":"like","args":[{"property":"id"},"x\\"]}`)),
  stac('CQL2 JSON of numbers beyond counting', inJson('{"op":"<","args":[{"property":"eo:cloud_cover"},1e999]}')),
  stac('CQL2 JSON with the prototype for an operator', inJson('{"op":"__proto__","args":[{"property":"id"},1]}')),
  stac('query with code for an operator', JSON.stringify({ query: { "id'--": { "eq' or 1=1": 'x' } } })),
  stac(
    `query of ${MANY} conditions`,
    JSON.stringify({ query: Object.fromEntries(Array.from({ length: MANY }, (_, n) => [`p${n}`, { eq: n }])) }),
  ),
];

const POST_ATTACKS: readonly Attack[] = [
  ...STAC_ATTACKS,
  {
    name: `DHuS: polygon of ${POSITIONS} points`,
    path: '/dhus/search',
    init: post(
      'application/x-www-form-urlencoded',
      new URLSearchParams({ format: 'json', q: `footprint:"Intersects(POLYGON((${wktRing.join(',')})))"` }).toString(),
    ),
    refused: (answer) => hubFeedError(answer) || answer.headers.has('cause-message'),
  },
  {
    name: `STAC: polygon of ${POSITIONS} points`,
    path: '/stac/search',
    init: post('application/json', JSON.stringify({ intersects: { type: 'Polygon', coordinates: [ring] } })),
    refused: problem,
  },
  {
    name: 'OData: a list of names that is none',
    path: '/odata/v1/Products/OData.CSC.FilterList',
    init: post('application/json', JSON.stringify({ FilterProducts: [{ Name: { $ne: null } }] })),
    refused: odataError,
  },
];

const INWARDS = [
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://10.0.0.1/',
  'http://100.64.0.1/',
  'http://[64:ff9b::7f00:1]/',
  'http://user@example.org/',
  'file:///etc/passwd',
  'gopher://example.org/',
];

const SSRF_ATTACKS: readonly Attack[] = INWARDS.flatMap((address): readonly Attack[] => [
  {
    name: `CSW Harvest of ${address}`,
    path: '/csw',
    init: post(
      'application/xml',
      `<csw:Harvest xmlns:csw="${CSW_202}" service="CSW" version="2.0.2"><csw:Source>${address}</csw:Source><csw:ResourceType>http://www.isotc211.org/2005/gmd</csw:ResourceType></csw:Harvest>`,
      true,
    ),
    refused: owsReport,
  },
  {
    name: `OData push to ${address}`,
    path: '/odata/v1/Subscriptions',
    init: post(
      'application/json',
      JSON.stringify({
        SubscriptionType: 'push',
        SubscriptionEvent: ['created'],
        FilterParam: '',
        NotificationEndpoint: address,
      }),
      true,
    ),
    refused: odataError,
  },
  {
    name: `harvest of ${address}`,
    path: '/csw/harvests',
    init: post('application/json', JSON.stringify({ source: address, kind: 'csw' }), true),
    refused: problem,
  },
]);

/** Every request that means harm, through every door. */
export const ATTACKS: readonly Attack[] = [...CSW_ATTACKS, ...GET_ATTACKS, ...POST_ATTACKS, ...SSRF_ATTACKS];
