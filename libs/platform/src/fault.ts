import { HttpException } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DomainError, type DocumentFault, type ErrorKind } from '#domain/errors.js';
import { HTTP_STATUS } from './http-status.js';
import type { Log } from './log.js';

/** An error made fit for a client: what every protocol's exception filter starts from. */
export interface Fault {
  readonly status: number;
  readonly message: string;
  readonly kind?: ErrorKind;
  /** The parameter or id it is about. */
  readonly subject?: string;
  /** Each thing that is wrong, where there may be several. */
  readonly faults?: readonly DocumentFault[];
  /** Id under which the details of an unexpected error were logged. */
  readonly logId?: string;
}

/** Turns anything thrown into a fault. Unknown errors are logged with an id and told without details. */
export function toFault(error: unknown, log: Log): Fault {
  if (error instanceof DomainError) {
    const { kind, message, subject, faults } = error;
    return {
      status: HTTP_STATUS[kind],
      message,
      kind,
      ...(subject === undefined ? {} : { subject }),
      ...(faults.length === 0 ? {} : { faults }),
    };
  }
  if (error instanceof HttpException) return { status: error.getStatus(), message: messageOf(error) };
  const status = clientStatus(error);
  if (status !== undefined) return { status, message: (error as Error).message };
  const logId = randomUUID();
  log.error({ err: error, logId }, 'unexpected error');
  return { status: 500, message: `Something went wrong here; tell the operator this id: ${logId}`, logId };
}

/** Fastify's own refusals (bad JSON, too large a body, bad URL) carry a 4xx statusCode. */
function clientStatus(error: unknown): number | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

function messageOf(error: HttpException): string {
  const body = error.getResponse();
  if (typeof body === 'object' && 'message' in body) {
    return Array.isArray(body.message) ? body.message.join('; ') : String(body.message);
  }
  return error.message;
}
