import { Inject, Injectable } from '@nestjs/common';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { mapHref, type MapPath } from '#protocols/tiles/map-link.js';
import type { TiledMap } from '#protocols/tiles/tileset-document.js';
import { around, DescribeTiles } from '../tiles/describe-tiles.js';
import type { MapSubject } from './map-subject.js';

/** Where a map is asked for. */
export interface MapAddress {
  readonly path: MapPath;
  /** Public address of the API. */
  readonly root: string;
  /** Public address of the mirror. */
  readonly mirror: string;
  /** What was said besides, without question mark. */
  readonly query: string;
}

/** Tells what a map shows and where. */
@Injectable()
export class DescribeMap {
  constructor(
    private readonly describe: DescribeTiles,
    @Inject(PLATFORM_CONFIG) private readonly platform: PlatformConfig,
  ) {}

  /** Throws NotFoundError for collections, styles and items there are not. */
  async execute(subject: MapSubject, { path, root, mirror, query }: MapAddress): Promise<TiledMap> {
    const found = await Promise.all(subject.collections.map((name) => this.describe.layer(name, subject.style)));
    const bbox = await this.boundsOf(subject, path);
    const names = found.map(({ layer, rendering }) => `${layer.title}: ${rendering.title}`);
    const [only] = found;
    return {
      href: mapHref(root, path),
      query,
      root,
      title: path.item ?? (found.length === 1 ? names[0]! : this.platform.FROMBORK_MIRROR),
      description: found.length === 1 ? only!.rendering.description || only!.layer.abstract : names.join('; '),
      attribution: `Contains Copernicus Sentinel data; ${this.platform.FROMBORK_MIRROR}`,
      bbox,
      layers: found.map(({ layer, rendering }) => ({
        collection: layer.name,
        title: layer.title,
        description: rendering.description,
        style: { name: rendering.name, title: rendering.title },
        bbox: layer.bbox,
      })),
      ...tileJsonOf(path, mirror, query),
    };
  }

  /** What a map covers as a whole. Throws as `execute` does. */
  async boundsOf({ collections, style }: MapSubject, { item }: MapPath): Promise<BoundingBox> {
    if (item !== undefined) return this.describe.boundsOf(collections[0]!, item);
    const found = await Promise.all(collections.map((name) => this.describe.layer(name, style)));
    return around(found.map(({ layer }) => layer.bbox));
  }
}

/** Items and collections have XYZ addresses. */
function tileJsonOf({ collection, item, style = 'default' }: MapPath, mirror: string, query: string) {
  if (collection === undefined) return {};
  const parts = item === undefined ? [collection, style] : [collection, 'items', item, style];
  const href = `${mirror}/tiles/${parts.map(encodeURIComponent).join('/')}/tilejson.json`;
  return { tileJson: query === '' ? href : `${href}?${query}` };
}
