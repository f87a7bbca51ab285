import { InvalidError } from '#domain/errors.js';
import { collectionOfProductType } from '#domain/collection/sentinel-collections.js';
import { footprintOf } from '#domain/geometry/cut-at-antimeridian.js';
import type { Product, SceneVersion } from '#domain/product/product.js';
import { describeSentinel1 } from './describe-sentinel1.js';
import { describeSentinel2 } from './describe-sentinel2.js';
import { describeSentinel3 } from './describe-sentinel3.js';
import { describeSentinel5p } from './describe-sentinel5p.js';
import { parseProductName } from './parse-product-name.js';
import type { DescribeMission, MissionDescription, ProductDescription, ProductInput } from './product-description.js';
import type { Mission, ProductName } from './product-name.js';

const MISSIONS: Readonly<Record<Mission, DescribeMission>> = {
  'sentinel-1': describeSentinel1,
  'sentinel-2': describeSentinel2,
  'sentinel-3': describeSentinel3,
  'sentinel-5p': describeSentinel5p,
};

/** Turns a product's name and metadata into what the catalogue keeps of it. Pure; throws InvalidError with a reason for people. */
export function describeProduct(input: ProductInput): ProductDescription {
  const name = parseProductName(input.name);
  const described = MISSIONS[name.mission](name, input);
  const properties: Product['properties'] = { acquisitionType: 'NOMINAL', ...name.properties, ...described.properties };
  return {
    product: {
      collection: collectionOf(name.mission, String(properties['productType'])),
      id: name.name,
      geometry: footprintOf(described.footprint),
      ...period(name, described),
      properties,
      extra: described.extra,
      scene: scene(name, described),
    },
    files: described.files,
    browse: described.browse,
  };
}

function collectionOf(mission: Mission, productType: string): string {
  const collection = collectionOfProductType(mission, productType);
  if (collection === undefined) {
    throw new InvalidError(`No collection takes products of type ${productType}.`, { subject: 'productType' });
  }
  return collection.id;
}

function period(name: ProductName, described: MissionDescription): { acquiredFrom: Date; acquiredTo: Date } {
  const acquiredFrom = described.acquiredFrom ?? name.acquiredFrom;
  if (acquiredFrom === undefined)
    throw new InvalidError('Neither name nor metadata say when the product was acquired.');
  const acquiredTo =
    described.acquiredTo ?? (described.acquiredFrom === undefined ? name.acquiredTo : undefined) ?? acquiredFrom;
  if (acquiredTo < acquiredFrom) {
    throw new InvalidError(
      `The acquisition ends (${acquiredTo.toISOString()}) before it begins (${acquiredFrom.toISOString()}).`,
    );
  }
  return { acquiredFrom, acquiredTo };
}

function scene(name: ProductName, { version }: MissionDescription): SceneVersion {
  return version === undefined ? name.scene : { id: name.scene.id, version };
}
