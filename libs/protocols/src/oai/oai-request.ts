import { OaiError } from './oai-error.js';
import { parseOaiPeriod } from './oai-date.js';
import { readResumptionToken, type ListState } from './resumption-token.js';

/** The metadata formats, by prefix: schema and namespace of their roots. */
export const OAI_FORMATS = {
  oai_dc: {
    schema: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
    namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
  },
  iso19139: { schema: 'http://www.isotc211.org/2005/gmd/gmd.xsd', namespace: 'http://www.isotc211.org/2005/gmd' },
} as const;

/** A prefix records can be had in. */
export type OaiPrefix = keyof typeof OAI_FORMATS;

/** A request of one of the six verbs (OAI-PMH 2.0 §4). */
export type OaiRequest =
  | { readonly verb: 'Identify' }
  | { readonly verb: 'ListMetadataFormats'; readonly identifier?: string }
  | { readonly verb: 'ListSets' }
  | { readonly verb: 'GetRecord'; readonly identifier: string; readonly prefix: OaiPrefix }
  | { readonly verb: 'ListRecords' | 'ListIdentifiers'; readonly list: ListState };

const ARGUMENTS = {
  Identify: [],
  ListMetadataFormats: ['identifier'],
  ListSets: ['resumptionToken'],
  GetRecord: ['identifier', 'metadataPrefix'],
  ListRecords: ['from', 'until', 'set', 'metadataPrefix', 'resumptionToken'],
  ListIdentifiers: ['from', 'until', 'set', 'metadataPrefix', 'resumptionToken'],
} as const;

type Verb = keyof typeof ARGUMENTS;

/** Reads the arguments of a request, of its address or its form. Throws OaiError. */
export function parseOaiRequest(text: string): OaiRequest {
  const given = new URLSearchParams(text);
  const verb = parseVerb(given);
  const values = parseArguments(given, ARGUMENTS[verb]);
  switch (verb) {
    case 'Identify':
      return { verb };
    case 'ListSets':
      if (!values.has('resumptionToken')) return { verb };
      throw new OaiError('badResumptionToken', 'Sets are listed whole; there are no resumption tokens of them.');
    case 'ListMetadataFormats': {
      const identifier = values.get('identifier');
      return identifier === undefined ? { verb } : { verb, identifier };
    }
    case 'GetRecord': {
      const identifier = values.get('identifier');
      if (identifier === undefined) throw new OaiError('badArgument', 'identifier is missing.');
      return { verb, identifier, prefix: parsePrefix(values.get('metadataPrefix')) };
    }
    case 'ListRecords':
    case 'ListIdentifiers':
      return { verb, list: parseList(values) };
  }
}

function parseVerb(given: URLSearchParams): Verb {
  const [verb, ...more] = given.getAll('verb');
  if (verb !== undefined && more.length === 0 && Object.hasOwn(ARGUMENTS, verb)) return verb as Verb;
  throw new OaiError('badVerb', `verb must be one of ${Object.keys(ARGUMENTS).join(', ')}, once.`);
}

function parseArguments(given: URLSearchParams, known: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of given) {
    if (name === 'verb') continue;
    if (!known.includes(name)) throw new OaiError('badArgument', `This verb has no argument ${JSON.stringify(name)}.`);
    if (values.has(name)) throw new OaiError('badArgument', `${name} is given more than once.`);
    values.set(name, value);
  }
  return values;
}

function parseList(values: ReadonlyMap<string, string>): ListState {
  const token = values.get('resumptionToken');
  if (token !== undefined) {
    if (values.size > 1) throw new OaiError('badArgument', 'resumptionToken stands alone.');
    return readResumptionToken(token);
  }
  const set = values.get('set');
  return {
    prefix: parsePrefix(values.get('metadataPrefix')),
    ...(set === undefined ? {} : { set }),
    ...parseOaiPeriod(values.get('from'), values.get('until')),
    sent: 0,
  };
}

function parsePrefix(prefix: string | undefined): OaiPrefix {
  if (prefix === undefined) throw new OaiError('badArgument', 'metadataPrefix is missing.');
  if (Object.hasOwn(OAI_FORMATS, prefix)) return prefix as OaiPrefix;
  const known = Object.keys(OAI_FORMATS).join(', ');
  throw new OaiError('cannotDisseminateFormat', `Records can be had as ${known}, not as ${JSON.stringify(prefix)}.`);
}
