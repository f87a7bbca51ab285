import { InvalidError } from '#domain/errors.js';
import type { ProductName } from './product-name.js';
import { parseSentinel1Name } from './sentinel1-name.js';
import { parseSentinel2Name } from './sentinel2-name.js';
import { parseSentinel3Name } from './sentinel3-name.js';
import { parseSentinel5pName } from './sentinel5p-name.js';

const EXTENSIONS = /(?:\.(?:SAFE|SEN3|EOF|zip|nc|tar|tgz|gz))+\/?$/i;
const PARSERS = [parseSentinel1Name, parseSentinel2Name, parseSentinel3Name, parseSentinel5pName];

/** A product's name without the extensions it is stored and sent under (`.SAFE`, `.SEN3`, `.nc`, `.zip`, `.SAFE.zip`, ...). */
export function stripExtensions(name: string): string {
  return name.replace(EXTENSIONS, '');
}

/** Reads a Sentinel-1, -2 (compact and OPER), -3 or -5P product name, with or without extension. Throws InvalidError for any other. */
export function parseProductName(name: string): ProductName {
  const bare = stripExtensions(name.slice(0, 300));
  for (const parse of PARSERS) {
    const parsed = parse(bare);
    if (parsed !== undefined) return parsed;
  }
  throw new InvalidError(
    `${JSON.stringify(name.slice(0, 120))} is not the name of a Sentinel-1, -2, -3 or -5P product.`,
    { subject: 'name' },
  );
}
