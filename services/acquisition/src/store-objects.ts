import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { InvalidError, NotFoundError } from '#domain/errors.js';
import type { BrowseFiles, PictureGrid, ValueFile } from '#domain/ports/browse-maker.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { GRIDDED, type Asset } from '#domain/product/asset.js';
import type { ProductContent } from '#domain/product/content.js';
import type { ProductKey } from '#domain/product/product.js';
import type { Deliverable } from './deliverable.js';
import { measure } from './digest-stream.js';

/** Puts a product's bytes into the object store under `products/<collection>/<id>/<sha-256, 16 digits>/`: repeating it writes the same objects. */
@Injectable()
export class StoreObjects {
  constructor(private readonly objects: ObjectStore) {}

  /** What the content will be, known before it is stored. */
  describe(key: ProductKey, deliverable: Deliverable): ProductContent {
    const { fileName, mediaType, size, digests } = deliverable;
    const folder = folderOf(key, deliverable);
    const content = { key: `${folder}${fileName}`, fileName, mediaType, size, digests };
    return deliverable.nodes === undefined ? content : { ...content, nodesKey: `${folder}nodes.json` };
  }

  /** Whether the content is in the store already, whole. */
  async has(content: ProductContent): Promise<boolean> {
    try {
      if (content.nodesKey !== undefined) await this.objects.head(content.nodesKey);
      return (await this.objects.head(content.key)).size === content.size;
    } catch (error) {
      if (error instanceof NotFoundError) return false;
      throw error;
    }
  }

  async storeContent(content: ProductContent, deliverable: Deliverable, signal: AbortSignal): Promise<void> {
    if (content.nodesKey !== undefined) {
      const json = Buffer.from(JSON.stringify(deliverable.nodes));
      await this.objects.put(content.nodesKey, Readable.from([json]), {
        size: json.length,
        mediaType: 'application/json',
        signal,
      });
    }
    await this.objects.put(content.key, asMeasured(deliverable), {
      size: content.size,
      mediaType: content.mediaType,
      signal,
    });
  }

  /** Stores the pictures and values beside the content and returns them as assets. */
  async storePictures(
    content: ProductContent,
    files: BrowseFiles,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, Asset>>> {
    const folder = content.key.slice(0, content.key.lastIndexOf('/') + 1);
    const [browse, quicklook] = await Promise.all([
      this.storePicture(`${folder}browse.tif`, files.browse, COG, signal),
      this.storePicture(`${folder}quicklook.jpg`, files.quicklook, 'image/jpeg', signal),
    ]);
    const values: [string, Asset][] = [];
    for (const band of files.values) {
      const key = `${GRIDDED}${band.name.toLowerCase()}`;
      values.push([
        key,
        { ...(await this.storePicture(`${folder}${key}.tif`, band.file, COG, signal)), ...valuesAsset(band) },
      ]);
    }
    return {
      ...Object.fromEntries(values),
      browse: {
        ...browse,
        title: 'Browse image (Cloud-Optimized GeoTIFF)',
        roles: ['visual', 'overview'],
        fields: projectionOf(files.grid),
      },
      quicklook: { ...quicklook, title: 'Quick-look', roles: ['thumbnail'] },
    };
  }

  /** Removes whatever lies under the product but not under its present content: older versions, work that never was published. */
  async removeOthers(key: ProductKey, content: ProductContent | undefined): Promise<void> {
    const keep = content?.key.slice(0, content.key.lastIndexOf('/') + 1);
    for await (const { key: object } of this.objects.list(`products/${key.collection}/${key.id}/`)) {
      if (keep === undefined || !object.startsWith(keep)) await this.objects.remove(object);
    }
  }

  private async storePicture(
    key: string,
    file: string,
    mediaType: string,
    signal: AbortSignal,
  ): Promise<Omit<Asset, 'roles'>> {
    const { size } = await stat(file);
    const { digests } = await measure(createReadStream(file), ['sha-256']);
    await this.objects.put(key, createReadStream(file), { size, mediaType, signal });
    return { location: { key }, mediaType, size, digests };
  }
}

const COG = 'image/tiff; application=geotiff; profile=cloud-optimized';

/** A band of values in the words of STAC 1.1. That NaN is no data goes without saying: `nodata: 'nan'` is allowed, and rustac takes numbers only. */
function valuesAsset({ name, title, unit, grid }: ValueFile): Pick<Asset, 'title' | 'roles' | 'fields'> {
  return {
    title: `${title} (Cloud-Optimized GeoTIFF)`,
    roles: ['data'],
    fields: { ...projectionOf(grid), bands: [{ name, description: title, unit, data_type: 'float32' }] },
  };
}

/** The bytes once more, refused at their end where they are not those that were measured: somebody still wrote to the input. */
async function* asMeasured(deliverable: Deliverable): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of deliverable.read()) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== sha256Of(deliverable)) {
    throw new InvalidError(`${deliverable.fileName} changed while it was taken in; send it again once it is complete.`);
  }
}

function sha256Of({ digests }: Deliverable): string {
  return digests.find(({ algorithm }) => algorithm === 'sha-256')?.value ?? '';
}

function folderOf(key: ProductKey, deliverable: Deliverable): string {
  return `products/${key.collection}/${key.id}/${sha256Of(deliverable).slice(0, 16)}/`;
}

/** The grid in the words of the STAC Projection extension 2.0.0; CRS:84 data are EPSG:4326 with longitude first, as GeoTIFF has it. */
function projectionOf({ crs, origin, pixelSize, width, height }: PictureGrid): Record<string, unknown> {
  const [left, top] = origin;
  const [dx, dy] = pixelSize;
  return {
    'proj:code': crs === 'CRS:84' ? 'EPSG:4326' : crs,
    'proj:shape': [height, width],
    'proj:transform': [dx, 0, left, 0, -dy, top],
  };
}
