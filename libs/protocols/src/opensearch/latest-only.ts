import type { CatalogQuery } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';

/** `latestOnly`: only the newest processing of each scene. Throws InvalidError for anything but true and false. */
export function parseLatestOnly(text: string | undefined): Pick<CatalogQuery, 'latestOnly'> {
  if (text === undefined || /^(false|0)$/i.test(text.trim())) return {};
  if (/^(true|1)$/i.test(text.trim())) return { latestOnly: true };
  throw new InvalidError(`latestOnly: "${text}" is neither true nor false`, { subject: 'latestOnly' });
}
