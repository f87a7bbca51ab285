import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { UnavailableError } from '#domain/errors.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { OverviewIndex, type StalePart } from '#domain/ports/overview-index.js';
import { RasterEngine, type MosaicFile, type SceneSource } from '#domain/ports/raster-engine.js';
import { overviewBase, overviewChildren, overviewFrame, overviewParent } from '#domain/view/overview-grid.js';
import { overviewFolder, overviewKey } from './overview-file.js';
import { OverviewScenes, type PartSources } from './overview-scenes.js';

/** Somebody else may build a part after so long. */
const LEASE_SECONDS = 600;
/** Seconds a part above waits for more of its parts. */
const PARENT_DELAY = 5;
/** Seconds a part touched while it was built waits. */
const AGAIN_DELAY = 60;
/** The present raster of a part, and the one before, which may still be read. */
const KEPT = 2;

/** Builds overviews part by part: the finest from the newest scenes, each other from those below it. What a part shows follows from the catalogue alone, so building it twice does no harm. */
@Injectable()
export class BuildOverviews {
  constructor(
    private readonly index: OverviewIndex,
    private readonly scenes: OverviewScenes,
    private readonly engine: RasterEngine,
    private readonly store: ObjectStore,
  ) {}

  /** Builds the next part that is due; false where there is none. A part that cannot be read for the moment is due again when its lease ends. */
  async execute(signal?: AbortSignal): Promise<boolean> {
    const part = await this.index.take(LEASE_SECONDS);
    if (!part) return false;
    const { sources, products } = await this.sourcesOf(part, signal);
    const etag = sources.length === 0 ? undefined : await this.draw(part, sources, signal);
    await this.index.built(part, { products, delay: AGAIN_DELAY, ...(etag !== undefined && { etag }) });
    await this.tidy(part);
    const parent = overviewParent(part);
    if (parent) await this.index.touch([{ ...parent, collection: part.collection }], PARENT_DELAY);
    return true;
  }

  private async sourcesOf(part: StalePart, signal?: AbortSignal): Promise<PartSources> {
    if (part.level <= overviewBase(part.collection)) return this.scenes.execute(part, signal);
    const children = await this.index.find(part.collection, overviewChildren(part));
    const sources = children.map((child) => ({
      source: { key: overviewKey(child, child.etag), etag: child.etag },
      style: { bands: [0, 1, 2] },
    }));
    return { sources, products: [] };
  }

  /** The new raster's name; undefined where it would be empty. */
  private async draw(
    part: StalePart,
    sources: readonly SceneSource[],
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const { bbox, width, height } = overviewFrame(part);
    const frame = { crs: 'EPSG:4326', bbox, width, height };
    const file = await this.engine.mosaic({ ...frame, sources, leavesOut: true }, signal);
    if (file.leftOut.some(({ isPassing }) => isPassing)) {
      await file.discard();
      throw new UnavailableError('An overview lacks scenes that cannot be read for the moment');
    }
    return this.keep(part, file);
  }

  private async keep(part: StalePart, file: MosaicFile): Promise<string | undefined> {
    if (file.drawn.length === 0) {
      await file.discard();
      return undefined;
    }
    const etag = `${part.revision}-${randomUUID().slice(0, 8)}`;
    await this.store.put(overviewKey(part, etag), file.bytes(), { size: file.size, mediaType: 'image/tiff' });
    return etag;
  }

  private async tidy(part: StalePart): Promise<void> {
    const found: { readonly key: string; readonly modified: Date }[] = [];
    for await (const info of this.store.list(overviewFolder(part))) found.push(info);
    found.sort((one, other) => other.modified.getTime() - one.modified.getTime());
    for (const { key } of found.slice(KEPT)) await this.store.remove(key);
  }
}
