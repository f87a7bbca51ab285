import { S3Error } from 'minio';
import { DomainError, InvalidError, NotFoundError, UnavailableError } from '#domain/errors.js';

const NO_SUCH = new Set(['NoSuchKey', 'NotFound', 'NoSuchUpload']);
const REFUSED = new Set([
  'AccessDenied',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'AuthorizationHeaderMalformed',
]);
const PASSING = new Set(['SlowDown', 'InternalError', 'ServiceUnavailable', 'RequestTimeout', 'OperationAborted']);
const NETWORK = /^(E(CONN|PIPE|TIMEDOUT|HOST|NET|AI_AGAIN)|ENOTFOUND|UND_ERR)/;
/** How the minio client words an answer such as 503 when it does not repeat the request itself. */
const RETRYABLE_STATUS = /Retryable HTTP status: \d+/;

/** S3's own code of an error (e.g. `NoSuchKey`), or the operating system's for the connection. */
export function s3Code(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Whether the same request may succeed a moment later: the network, or a server too busy. */
export function isPassing(error: unknown): boolean {
  const code = s3Code(error);
  return PASSING.has(code) || NETWORK.test(code) || RETRYABLE_STATUS.test(String(error));
}

/** The domain's word for what the S3 client threw while working on a key (or the bucket). */
export function s3Error(error: unknown, subject: string): DomainError {
  if (error instanceof DomainError) return error;
  const code = s3Code(error);
  const options = { subject, cause: error };
  if (NO_SUCH.has(code)) return new NotFoundError(`There is no object ${subject}.`, options);
  if (code === 'InvalidRange') return new InvalidError(`The range starts past the end of ${subject}.`, options);
  if (code === 'NoSuchBucket') return new UnavailableError('The S3 bucket does not exist.', options);
  if (REFUSED.has(code)) {
    return new UnavailableError(
      `The S3 store refuses the access key (${code}); check S3_ACCESS_KEY, S3_SECRET_KEY and S3_REGION.`,
      options,
    );
  }
  const said = error instanceof S3Error ? `${code} ${error.message}`.trim() : code || String(error);
  return new UnavailableError(`The S3 store cannot be used: ${said}.`, options);
}
