import { InvalidError } from '#domain/errors.js';
import { findOmVersion, type OmVersion } from '../om/om-version.js';

/** The forms a search is answered in. */
export type ResponseForm = 'atom' | 'geojson' | 'om' | 'sru';

/** Media type of each form. */
export const FORM_TYPES = {
  atom: 'application/atom+xml',
  geojson: 'application/geo+json',
  om: 'application/gml+xml',
  sru: 'application/sru+xml',
} as const satisfies Record<ResponseForm, string>;

const MEDIA_TYPES: ReadonlyMap<string, ResponseForm> = new Map([
  ...(['atom', 'geojson', 'om', 'sru'] as const).map((form) => [FORM_TYPES[form], form] as const),
  ['application/json', 'geojson'],
]);

/** `httpAccept`, in which an unencoded `+` has become a blank; else the first known type of the Accept field; else Atom. Throws InvalidError. */
export function parseResponseForm(httpAccept: string | undefined, accept: string | undefined): ResponseForm {
  if (httpAccept !== undefined) {
    const form = MEDIA_TYPES.get(mediaType(httpAccept));
    if (form !== undefined) return form;
    throw new InvalidError(
      `httpAccept: "${httpAccept}" is not served; take application/atom+xml, application/geo+json or application/sru+xml`,
      { subject: 'httpAccept' },
    );
  }
  const known = (accept ?? '').split(',').map((type) => MEDIA_TYPES.get(mediaType(type)));
  return known.find((form) => form !== undefined) ?? 'atom';
}

function mediaType(text: string): string {
  return (text.split(';', 1)[0] ?? '').trim().toLowerCase().replace(/ /g, '+');
}

/** The version a `recordSchema` stands for. Throws InvalidError. */
export function parseOmVersion(recordSchema: string | undefined): OmVersion {
  if (recordSchema === undefined) return '1.1';
  const version = findOmVersion(recordSchema);
  if (version !== undefined) return version;
  throw new InvalidError(`recordSchema: "${recordSchema}" is not served; take om (or om11) or om10`, {
    subject: 'recordSchema',
  });
}
