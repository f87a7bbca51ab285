import type { MapPath } from '#protocols/tiles/map-link.js';

/** Where maps are, below the root. */
export const MAP_ROUTES = [
  'map',
  'collections/:collection/map',
  'collections/:collection/styles/:style/map',
  'collections/:collection/items/:item/map',
  'collections/:collection/items/:item/styles/:style/map',
];

/** The same with something behind. */
export function below(behind: string): string[] {
  return MAP_ROUTES.map((route) => `${route}/${behind}`);
}

/** Of parameters of a route those that say what is drawn. */
export function mapPathOf({ collection, item, style }: MapPath): MapPath {
  return {
    ...(collection !== undefined && { collection }),
    ...(item !== undefined && { item }),
    ...(style !== undefined && { style }),
  };
}
