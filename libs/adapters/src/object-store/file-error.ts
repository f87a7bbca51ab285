import { ConflictError, DomainError, NotFoundError, UnavailableError } from '#domain/errors.js';

const DISK = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EROFS', 'the disk is mounted read-only'],
  ['EACCES', 'access is refused by the file system'],
  ['EPERM', 'the operation is refused by the file system'],
  ['EIO', 'the disk reports a fault'],
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open'],
  ['ESTALE', 'the network file system is gone'],
]);

/** The operating system's error code, e.g. `ENOENT`; undefined where the error is another. */
export function systemCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The domain's word for a file system error met while working on a key: absent, in conflict with another key, or the disk unavailable. */
export function fileError(error: unknown, key: string): unknown {
  const code = systemCode(error);
  if (error instanceof DomainError || code === undefined) return error;
  if (code === 'ENOENT' || code === 'ELOOP') return noSuchObject(key);
  if (code === 'ENOTDIR' || code === 'EISDIR' || code === 'ENOTEMPTY') {
    return new ConflictError(`${key} is in the way of another object: one is a folder of the other.`, {
      subject: key,
      cause: error,
    });
  }
  const reason = DISK.get(code) ?? `the file system answers ${code}`;
  return new UnavailableError(`The object folder cannot be used: ${reason}.`, { subject: key, cause: error });
}

/** The error for a key under which nothing is stored. */
export function noSuchObject(key: string): NotFoundError {
  return new NotFoundError(`There is no object ${key}.`, { subject: key });
}
