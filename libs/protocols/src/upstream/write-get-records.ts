import type { RecordsRequest } from '../csw/csw-request.js';
import { writeXml } from '../xml/write-xml.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { writeFesFilter } from './write-fes-filter.js';

const NAMESPACES = {
  'xmlns:csw': 'http://www.opengis.net/cat/csw/2.0.2',
  'xmlns:ogc': 'http://www.opengis.net/ogc',
  'xmlns:gml': 'http://www.opengis.net/gml',
  'xmlns:gmd': 'http://www.isotc211.org/2005/gmd',
  'xmlns:ows': 'http://www.opengis.net/ows',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:dct': 'http://purl.org/dc/terms/',
  'xmlns:apiso': 'http://www.opengis.net/cat/csw/apiso/1.0',
};

/** How a search goes on to another catalogue. */
export interface ForwardedSearch {
  readonly requestId: string;
  /** Hops that are left after this one; the element is left out where there are none. */
  readonly hopCount: number;
  /** The first so many records; 0 only counts. */
  readonly maxRecords: number;
}

/** A search as `csw:GetRecords` 2.0.2 for another catalogue (OGC 07-006r1 §10.8.2): the same constraint and order, full records. Throws InvalidError for conditions that cannot be said there. */
export function writeGetRecords(request: RecordsRequest, search: ForwardedSearch): string {
  const { requestId, hopCount, maxRecords } = search;
  const isCommon = request.form === 'record';
  return writeXml(
    el(
      'csw:GetRecords',
      {
        ...NAMESPACES,
        service: 'CSW',
        version: '2.0.2',
        requestId,
        resultType: maxRecords > 0 ? 'results' : 'hits',
        outputFormat: 'application/xml',
        outputSchema: isCommon ? NAMESPACES['xmlns:csw'] : NAMESPACES['xmlns:gmd'],
        startPosition: 1,
        maxRecords: Math.max(1, maxRecords),
      },
      hopCount > 0 && el('csw:DistributedSearch', { hopCount }),
      el(
        'csw:Query',
        { typeNames: isCommon ? 'csw:Record' : 'gmd:MD_Metadata' },
        el('csw:ElementSetName', {}, 'full'),
        request.filter && el('csw:Constraint', { version: '1.1.0' }, writeFesFilter(request.filter)),
        writeSort(request),
      ),
    ),
  );
}

function writeSort({ sort }: RecordsRequest): XmlMarkup | false {
  if (sort.length === 0) return false;
  const keys = sort.map(({ property, descending }) =>
    el(
      'ogc:SortProperty',
      {},
      el('ogc:PropertyName', {}, property),
      el('ogc:SortOrder', {}, descending ? 'DESC' : 'ASC'),
    ),
  );
  return el('ogc:SortBy', {}, keys);
}
