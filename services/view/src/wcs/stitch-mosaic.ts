import { Inject, Injectable } from '@nestjs/common';
import { TooLargeError } from '#domain/errors.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import type { CoverageRequest, SourceBands } from '#domain/ports/coverage-request.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { productUuid } from '#domain/product/product-uuid.js';
import type { Product } from '#domain/product/product.js';
import { polygonsOf } from '#protocols/om/footprint.js';
import type { Box, CoverageGrid, WcsCoverage } from '#protocols/wcs/coverage.js';
import type { MosaicName } from '#protocols/wcs/mosaic-id.js';
import { touches } from '../map-area.js';
import { MAP_CONFIG, type MapConfig } from '../view.config.js';
import { DescribeCoverage } from './describe-coverage.js';
import { footprintBounds, unionOf } from './footprint-bounds.js';
import type { HeldCoverage } from './held-coverage.js';
import { hasCoverage } from './product-rasters.js';
import { layered } from './layered-sources.js';

/** A mosaic is of the newest scenes of its time, so many at most; how many one answer may be made of is configured. */
const MOST_SCENES = 500;

interface Asked {
  readonly id: string;
  /** Public, of the mirror. */
  readonly address: string;
}

/**
 * Stitched mosaics (OGC 10-140r2 §6): the scenes of a collection and a time on the grid of the newest of them, which is on top. Only the scenes an answer
 * touches are read, while it is made.
 */
@Injectable()
export class StitchMosaic {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly describe: DescribeCoverage,
    private readonly systems: CoordinateSystems,
    @Inject(MAP_CONFIG) private readonly config: MapConfig,
  ) {}

  /** Undefined where the collection has no scene of that time. */
  async execute(name: MosaicName, { id, address }: Asked, signal?: AbortSignal): Promise<HeldCoverage | undefined> {
    const scenes = await this.scenesOf(name, signal);
    const [newest] = scenes;
    if (newest === undefined) return undefined;
    const { coverage: first } = await this.describe.describe(newest, address, { signal });
    const coverage = this.stitched(id, first, scenes);
    const held = (product: Product): Promise<HeldCoverage> => this.describe.describe(product, address, { signal });
    return {
      coverage,
      sourcesOf: (fields, grid) => this.sourcesOf({ coverage, scenes, held }, fields, grid),
    };
  }

  private async scenesOf({ collection, from, to }: MosaicName, signal?: AbortSignal): Promise<readonly Product[]> {
    const page = await this.catalog.search(
      {
        collections: [collection],
        filter: { op: 'temporal', relation: 'overlaps', interval: { start: from, end: to } },
        sort: [{ property: 'acquiredFrom', direction: 'desc' }],
        page: { kind: 'keyset', limit: MOST_SCENES },
        count: 'none',
        latestOnly: true,
      },
      signal,
    );
    return page.products.filter(hasCoverage);
  }

  /** On the cells of the first, as far as all footprints reach. */
  private stitched(id: string, first: WcsCoverage, scenes: readonly Product[]): WcsCoverage {
    const geographic = scenes.map(({ geometry }) => footprintBounds(geometry));
    const here = geographic.map((box) => this.systems.transformBounds('CRS:84', first.crs, box));
    const all = unionOf([first.bbox, ...here.filter((box) => box !== undefined)]);
    const { downloadHref: _of, quicklookHref: _one, ...entry } = first.entry;
    const [from, to] = [earliest(scenes), latest(scenes)];
    const product: Product = {
      ...entry.product,
      id,
      uuid: productUuid(entry.product.collection, id),
      geometry: { type: 'MultiPolygon', coordinates: scenes.flatMap(({ geometry }) => (geometry === null ? [] : polygonsOf(geometry))) },
      acquiredFrom: from,
      acquiredTo: to,
    }; // prettier-ignore
    return {
      ...first,
      ...onCellsOf(first, all),
      id,
      title: id,
      subtype: 'RectifiedStitchedMosaic',
      bounds: unionOf(geographic),
      from,
      to,
      entry: { ...entry, product, identifier: id },
      datasets: scenes.map((scene) => scene.id),
    };
  }

  private async sourcesOf(
    mosaic: { coverage: WcsCoverage; scenes: readonly Product[]; held: (product: Product) => Promise<HeldCoverage> },
    fields: readonly number[],
    grid: CoverageGrid,
  ): Promise<CoverageRequest['sources']> {
    const { coverage, scenes, held } = mosaic;
    const box = this.systems.transformBounds(grid.crs, 'CRS:84', grid.bbox) ?? coverage.bounds;
    const touched = scenes.filter(({ geometry }) => touches(footprintBounds(geometry), box));
    const most = this.config.VIEW_MAX_SOURCES;
    if (touched.length > most) {
      throw new TooLargeError(
        `${touched.length} scenes are in that area, more than the ${most} of one answer: ask for a smaller part`,
        { subject: 'subset' },
      );
    }
    const parts: (readonly SourceBands[])[] = [];
    for (const scene of touched.length === 0 ? scenes.slice(0, 1) : touched) {
      const part = await held(scene);
      const same = sameFields(coverage, part.coverage, fields);
      if (same !== undefined) parts.push(await part.sourcesOf(same, grid));
    }
    return layered(parts);
  }
}

/** The indexes the fields of a mosaic have in a scene; undefined where it lacks one or its samples are of another type. */
function sameFields(mosaic: WcsCoverage, scene: WcsCoverage, fields: readonly number[]): readonly number[] | undefined {
  if (scene.sampleType !== mosaic.sampleType) return undefined;
  const indexes = fields.map((field) => scene.fields.findIndex(({ name }) => name === mosaic.fields[field]!.name));
  return indexes.includes(-1) ? undefined : indexes;
}

function onCellsOf({ bbox, width, height }: WcsCoverage, all: Box): Pick<WcsCoverage, 'bbox' | 'width' | 'height'> {
  const [cellX, cellY] = [(bbox[2] - bbox[0]) / width, (bbox[3] - bbox[1]) / height];
  const left = Math.floor((all[0] - bbox[0]) / cellX + EDGE);
  const right = Math.ceil((all[2] - bbox[0]) / cellX - EDGE);
  const bottom = Math.floor((all[1] - bbox[3]) / cellY + EDGE);
  const top = Math.ceil((all[3] - bbox[3]) / cellY - EDGE);
  return {
    bbox: [bbox[0] + left * cellX, bbox[3] + bottom * cellY, bbox[0] + right * cellX, bbox[3] + top * cellY],
    width: right - left,
    height: top - bottom,
  };
}

/** Footprints that end on the edge of a cell add none. */
const EDGE = 1e-3;

function earliest(scenes: readonly Product[]): Date {
  return new Date(Math.min(...scenes.map(({ acquiredFrom }) => acquiredFrom.getTime())));
}

function latest(scenes: readonly Product[]): Date {
  return new Date(Math.max(...scenes.map(({ acquiredTo }) => acquiredTo.getTime())));
}
