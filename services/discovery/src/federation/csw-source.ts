import { InvalidError } from '#domain/errors.js';
import { readGetRecords, type GetRecordsPage } from '#protocols/upstream/read-get-records.js';
import { askXml } from './ask-upstream.js';
import { readPosition, withParameters, type SourcePage, type SourceRequest } from './harvest-source.js';

/** Where the next page starts, and in which form the source gives records. */
interface Position {
  readonly start: number;
  readonly form: 'iso' | 'common';
}

const FORMS = {
  iso: { typeNames: 'gmd:MD_Metadata', outputSchema: 'http://www.isotc211.org/2005/gmd' },
  common: { typeNames: 'csw:Record', outputSchema: 'http://www.opengis.net/cat/csw/2.0.2' },
} as const;
const NAMESPACES =
  'xmlns(csw=http://www.opengis.net/cat/csw/2.0.2),xmlns(gmd=http://www.isotc211.org/2005/gmd),xmlns(ogc=http://www.opengis.net/ogc)';

/** Pages through GetRecords of CSW 2.0.2: ISO 19139 where the source has it, else common records. `filter` may hold `constraint` (CQL), `outputSchema`, `typeNames`, `sortBy`. */
export async function readCsw({ harvest, position, limit, ask }: SourceRequest): Promise<SourcePage> {
  const { start, form } = readPosition<Position>(position, { start: 1, form: 'iso' });
  const read = async (as: Position['form']): Promise<GetRecordsPage> =>
    readGetRecords(await askXml(ask, pageAddress(harvest, { start, form: as }, limit)));
  const fallsBack = position === undefined && harvest.filter['outputSchema'] === undefined;
  let used = form;
  const page = await read(form).catch((error: unknown) => {
    if (!fallsBack || !(error instanceof InvalidError)) throw error;
    used = 'common';
    return read('common');
  });
  const next = nextStart(page, start);
  return { ...page, ...(next === undefined ? {} : { next: JSON.stringify({ start: next, form: used }) }) };
}

function pageAddress({ source, filter }: SourceRequest['harvest'], { start, form }: Position, limit: number): string {
  const { constraint, ...rest } = filter;
  return withParameters(source, {
    service: 'CSW',
    version: '2.0.2',
    request: 'GetRecords',
    resultType: 'results',
    elementSetName: 'full',
    outputFormat: 'application/xml',
    namespace: NAMESPACES,
    startPosition: String(start),
    maxRecords: String(limit),
    ...FORMS[form],
    ...(constraint === undefined
      ? {}
      : { constraint, constraintLanguage: 'CQL_TEXT', constraint_language_version: '1.1.0' }),
    ...rest,
  });
}

/** `nextRecord` is trusted where it leads on; some servers give 0 or the end where there is more. */
function nextStart({ nextRecord, matched, size }: GetRecordsPage, start: number): number | undefined {
  if (size === 0) return undefined;
  const next = nextRecord > start ? nextRecord : start + size;
  return next <= matched ? next : undefined;
}
