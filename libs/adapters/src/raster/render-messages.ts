import type { MessagePort } from 'node:worker_threads';
import {
  ConflictError,
  DeniedError,
  DomainError,
  type DomainErrorOptions,
  type ErrorKind,
  InvalidError,
  NotFoundError,
  OfflineError,
  PreconditionFailedError,
  QuotaExceededError,
  TimeoutError,
  TooLargeError,
  UnauthenticatedError,
  UnavailableError,
} from '#domain/errors.js';
import type {
  MosaicRequest,
  RenderedImage,
  RenderRequest,
  SampledBands,
  SampleRequest,
} from '#domain/ports/raster-engine.js';
import type { RasterInfo, RasterSource } from '#domain/ports/raster-source.js';
import type { PaintedMosaic } from './renderer.js';
import type { SampleStrip, StripRequest } from './sample-strip.js';

/** What the main thread sends a render worker. */
export type ToWorker =
  | { readonly type: 'render'; readonly job: number; readonly request: RenderRequest }
  | { readonly type: 'paint'; readonly job: number; readonly request: MosaicRequest }
  | { readonly type: 'sample'; readonly job: number; readonly request: SampleRequest }
  | { readonly type: 'strip'; readonly job: number; readonly request: StripRequest }
  | { readonly type: 'describe'; readonly job: number; readonly source: RasterSource }
  | { readonly type: 'cancel'; readonly job: number }
  | { readonly type: 'forget'; readonly key: string }
  | { readonly type: 'neighbour'; readonly port: MessagePort }
  | { readonly type: 'bytes'; readonly read: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'unread'; readonly read: number; readonly fault: Fault };

/** What a job gives. */
export type JobResult = RenderedImage | PaintedMosaic | SampledBands | SampleStrip | RasterInfo;

/** What a render worker sends: answers to jobs, and the byte ranges it needs. */
export type FromWorker =
  | { readonly type: 'done'; readonly job: number; readonly result: JobResult }
  | { readonly type: 'failed'; readonly job: number; readonly fault: Fault }
  | {
      readonly type: 'read';
      readonly read: number;
      readonly key: string;
      readonly range: { readonly offset: number; readonly length: number };
    }
  | { readonly type: 'unwanted'; readonly read: number };

/** An error as it crosses threads. */
export interface Fault {
  readonly kind: ErrorKind | 'unknown';
  readonly message: string;
  readonly subject?: string;
  readonly stack?: string;
}

type DomainErrorClass = new (message: string, options?: DomainErrorOptions) => DomainError;

const CLASSES: Readonly<Record<ErrorKind, DomainErrorClass>> = {
  'not-found': NotFoundError,
  invalid: InvalidError,
  denied: DeniedError,
  unauthenticated: UnauthenticatedError,
  'quota-exceeded': QuotaExceededError,
  'too-large': TooLargeError,
  offline: OfflineError,
  conflict: ConflictError,
  'precondition-failed': PreconditionFailedError,
  unavailable: UnavailableError,
  timeout: TimeoutError,
};

/** What of an error crosses to another thread. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { kind: 'unknown', message: String(error) };
  const { message, stack } = error;
  if (!(error instanceof DomainError)) return { kind: 'unknown', message, ...(stack === undefined ? {} : { stack }) };
  return { kind: error.kind, message, ...(error.subject === undefined ? {} : { subject: error.subject }) };
}

/** The error again, of the same kind. */
export function errorOf({ kind, message, subject, stack }: Fault): Error {
  if (kind !== 'unknown') return new CLASSES[kind](message, subject === undefined ? {} : { subject });
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
