import { ConflictError } from '#domain/errors.js';
import { errorCode } from './database-error.js';

const ATTEMPTS = 3;
const UNIQUE_VIOLATION = '23505';

/**
 * Repeats a transaction that met another one at the UUID of a new product: `on conflict` looks at the key only (PostgreSQL, INSERT: arbiter indexes),
 * and repeated it finds the product of the other. Throws ConflictError where the UUID is that of another product.
 */
export async function repeatCollision<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (!isTakenUuid(error)) throw error;
      if (attempt === ATTEMPTS)
        throw new ConflictError('Another product of the catalogue has the same UUID.', { cause: error });
    }
  }
}

function isTakenUuid(error: unknown): boolean {
  return (
    errorCode(error) === UNIQUE_VIOLATION && (error as { constraint?: unknown }).constraint === 'product_key_uuid_key'
  );
}
