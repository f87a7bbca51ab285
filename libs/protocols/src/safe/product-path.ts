import { InvalidError } from '#domain/errors.js';

const MAX_LENGTH = 1024;

/**
 * A file path inside a product, as manifests give it (`./measurement/x.tiff`, `measurement/x.tiff`), made plain: no leading `./`, no empty
 * or `.` segment. Throws InvalidError for absolute paths, URLs, `..`, backslashes and control characters.
 */
export function parseProductPath(href: string): string {
  const path = href
    .split('/')
    .filter((segment, i) => segment !== '.' && (segment !== '' || i === 0))
    .join('/');
  const hostile =
    path === '' ||
    path.length > MAX_LENGTH ||
    path.startsWith('/') ||
    // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
    /^[A-Za-z][A-Za-z0-9+.-]*:|(?:^|\/)\.\.(?:\/|$)|[\\\u0000-\u001f\u007f]/.test(path);
  if (hostile) {
    throw new InvalidError(
      `The manifest names ${JSON.stringify(href.slice(0, 120))}, which is not a path in a product.`,
    );
  }
  return path;
}
