/** What came back from a door. */
export interface HostileAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly body: string;
  readonly headers: Headers;
}

/** Whether an answer is the door's own way of saying that something is wrong with the request. */
export type OwnForm = (answer: HostileAnswer) => boolean;

const isRefusal = ({ status }: HostileAnswer): boolean => status >= 400 && status < 500;

/** `ows:ExceptionReport` (OGC 06-121r9 §8), also inside a SOAP fault. CSW 2.0.2 has no status of its own for it. */
export const owsReport: OwnForm = ({ status, mediaType, body }) =>
  status < 500 && /xml/.test(mediaType) && /<ows:ExceptionReport /.test(body) && /exceptionCode=/.test(body);

/** SRU diagnostics (SRU 1.2 §diagnostics). */
export const sruDiagnostics: OwnForm = ({ status, mediaType, body }) =>
  status < 500 && /xml/.test(mediaType) && /diagnostic/.test(body);

/** resto's `{ErrorMessage, ErrorCode}`. */
export const restoError: OwnForm = (answer) => isRefusal(answer) && hasKeys(answer, ['ErrorMessage', 'ErrorCode']);

/** DHuS says what is wrong with a search in a feed, HTTP 200. */
export const hubFeedError: OwnForm = ({ status, body }) => status === 200 && /"error":\{"code":"4\d\d"/.test(body);

/** The error document of OData 2.0 with DHuS's `cause-message`. */
export const hubODataError: OwnForm = (answer) =>
  isRefusal(answer) && answer.headers.has('cause-message') && /"error":\{|<error/.test(answer.body);

/** The error object of OData 4.0 §19. */
export const odataError: OwnForm = (answer) =>
  isRefusal(answer) && /json/.test(answer.mediaType) && /"error"|"detail"/.test(answer.body);

/** RFC 9457 problem details. */
export const problem: OwnForm = (answer) =>
  isRefusal(answer) && answer.mediaType.startsWith('application/problem+json');

/** OAI-PMH errors come with HTTP 200 (OAI-PMH 2.0 §3.6). */
export const oaiError: OwnForm = ({ status, body }) => status === 200 && /<error code="bad/.test(body);

function hasKeys({ body }: HostileAnswer, keys: readonly string[]): boolean {
  const value = JSON.parse(body) as object;
  return keys.every((key) => key in value);
}
