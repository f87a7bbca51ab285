/** What went wrong, for an error answer. */
export interface ODataFault {
  readonly code: string;
  readonly message: string;
  /** The query option or property it is about. */
  readonly target?: string;
  readonly requestId?: string;
}

/** The error of an answer: as OData 4.01 JSON §21 has it, and beside it the `detail` that CDSE's clients read. */
export function writeODataError({ code, message, target, requestId }: ODataFault): Record<string, unknown> {
  return {
    error: { code, message, ...(target === undefined ? {} : { target }) },
    detail: { message, ...(requestId === undefined ? {} : { request_id: requestId }) },
  };
}
