import type { BrowseGrid, BrowsePlan } from '#domain/ports/browse-maker.js';
import type { Sentinel2ProductMetadata } from './sentinel2-product-metadata.js';
import type { Sentinel2Grid, Sentinel2TileMetadata } from './sentinel2-tile-metadata.js';

/** Reflectance drawn white, as ESA's own true-colour images have it. */
const WHITE = 0.3558;
/** Metres per pixel of the preview image. */
const PREVIEW = 320;
const TRUE_COLOUR = ['B04', 'B03', 'B02'];
/** Bands from the finest: what is left where no colour can be made. */
const GREY = ['B04', 'B08', 'B03', 'B02', 'B8A', 'B11', 'B12', 'B05', 'B06', 'B07', 'B01', 'B09', 'B10'];
const FINEST: Readonly<Record<string, number>> = { B02: 10, B03: 10, B04: 10, B08: 10, B01: 60, B09: 60, B10: 60 };

/** Ways to draw a Sentinel-2 product, best first: the true-colour image, the three bands, the small preview, one band in grey. */
export function sentinel2Browse(
  paths: readonly string[],
  product: Sentinel2ProductMetadata,
  tile: Sentinel2TileMetadata | undefined,
): readonly BrowsePlan[] {
  if (tile === undefined || product.granules.length > 1) return [];
  const images = new Images(paths, tile.grids);
  return [
    ...images.trueColour(),
    ...images.colourBands(offsetOf(product, '3'), (product.quantification ?? 10_000) * WHITE),
    ...images.preview(),
    ...images.greyBands(),
  ];
}

function offsetOf({ offsets }: Sentinel2ProductMetadata, band: string): number {
  return offsets.get(band) ?? 0;
}

class Images {
  constructor(
    private readonly paths: readonly string[],
    private readonly grids: ReadonlyMap<number, Sentinel2Grid>,
  ) {}

  trueColour(): readonly BrowsePlan[] {
    const coarser = [20, 60].flatMap((resolution) => this.image('TCI', resolution));
    return [...this.image('TCI', 10), ...coarser].map(({ file, grid }) =>
      /\.tiff?$/i.test(file) ? { kind: 'geotiff', file } : { kind: 'jp2-rgb', file, grid },
    );
  }

  colourBands(offset: number, max: number): readonly BrowsePlan[] {
    const [red, green, blue] = TRUE_COLOUR.map((band) => this.image(band, 10).find(({ file }) => /\.jp2$/i.test(file)));
    if (red === undefined || green === undefined || blue === undefined) return [];
    return [{ kind: 'jp2-bands', files: [red.file, green.file, blue.file], grid: red.grid, offset, max }];
  }

  preview(): readonly BrowsePlan[] {
    const file = this.paths.find((path) => /\/QI_DATA\/[^/]*_PVI[^/]*\.jp2$/i.test(path));
    const grid = this.grids.get(10);
    if (file === undefined || grid === undefined) return [];
    return [{ kind: 'jp2-rgb', file, grid: { ...plain(grid), pixelSize: [PREVIEW, PREVIEW] } }];
  }

  greyBands(): readonly BrowsePlan[] {
    return GREY.flatMap((band) => this.image(band, FINEST[band] ?? 20)).flatMap(({ file, grid }) =>
      /\.jp2$/i.test(file) ? [{ kind: 'jp2-grey', file, grid } as const] : [],
    );
  }

  /** `…_B04.jp2` (Level-1C) or `…_B04_10m.jp2` (Level-2A), under IMG_DATA. */
  private image(name: string, resolution: number): readonly { readonly file: string; readonly grid: BrowseGrid }[] {
    const grid = this.grids.get(resolution);
    const bare = resolution === (FINEST[name] ?? (name === 'TCI' ? 10 : 20)) ? '?' : '';
    const pattern = new RegExp(`/IMG_DATA/(?:[^/]*/)?[^/]*_${name}(?:_${resolution}m)${bare}\\.(?:jp2|tiff?)$`, 'i');
    const file = this.paths.find((path) => pattern.test(path));
    return file === undefined || grid === undefined ? [] : [{ file, grid: plain(grid) }];
  }
}

function plain({ crs, origin, pixelSize }: Sentinel2Grid): BrowseGrid {
  return { crs, origin, pixelSize };
}
