import { InvalidError } from '#domain/errors.js';
import type { Asset } from '#domain/product/asset.js';

type GivenAsset = Readonly<Record<string, unknown>> & { readonly href: string };

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;
/** Addresses other people's assets may have; never `file:` or anything a server could be made to open. */
const ALLOWED = /^(https?|s3|gs|ftp):\/\//i;
const OWN_FIELDS = new Set(['href', 'title', 'type', 'roles', 'file:size']);

/** Assets by key: those elsewhere with their address, those beside the item as paths in `files`. Throws InvalidError for addresses and paths that lead elsewhere. */
export function readItemAssets(
  given: Readonly<Record<string, GivenAsset>>,
  self: string | undefined,
): { assets: Record<string, Asset>; files: Map<string, string> } {
  const assets: Record<string, Asset> = {};
  const files = new Map<string, string>();
  for (const [key, asset] of Object.entries(given)) {
    const href = self === undefined || ABSOLUTE.test(asset.href) ? asset.href : new URL(asset.href, self).href;
    if (!ABSOLUTE.test(href)) files.set(key, pathOf(key, href));
    else if (!ALLOWED.test(href))
      throw new InvalidError(`The asset ${key} has the address ${href}, which is none others could open.`, {
        subject: key,
      });
    assets[key] = readAsset(asset, ABSOLUTE.test(href) ? href : undefined);
  }
  return { assets, files };
}

/** Its members in the order they are stored in: an item has a dozen of these. */
function readAsset(asset: GivenAsset, href: string | undefined): Asset {
  const { title, type, roles } = asset;
  const size = asset['file:size'];
  const others = Object.keys(asset).filter((name) => !OWN_FIELDS.has(name));
  return {
    ...(others.length === 0 ? {} : { fields: Object.fromEntries(others.map((name) => [name, asset[name]])) }),
    ...(href === undefined ? {} : { href }),
    ...(typeof type === 'string' ? { mediaType: type } : {}),
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
    ...(Number.isSafeInteger(size) ? { size: size as number } : {}),
    ...(typeof title === 'string' ? { title } : {}),
  };
}

/** A relative path without `..`, relative to the item. */
function pathOf(key: string, href: string): string {
  const path = decode(href).replace(/^(\.\/)+/, '');
  if (path.startsWith('/') || path.split('/').some((part) => part === '..' || part === '' || part.includes('\\'))) {
    throw new InvalidError(`The asset ${key} has the path ${href}, which leads out of the item's folder.`, {
      subject: key,
    });
  }
  return path;
}

function decode(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    throw new InvalidError(`The path ${href} is not well encoded.`, { subject: 'href' });
  }
}
