import { Inject, Injectable } from '@nestjs/common';
import { NotFoundError } from '#domain/errors.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { ServiceLog } from '#platform/log.js';
import type { MapImage } from '../map-image.js';
import { MAP_CONFIG, type MapConfig } from '../view.config.js';

const PREFIX = 'tiles/';

/** Keeps drawn tiles in the object store, up to a limit, so that a restart or another instance need not draw them again. Never in the way: what fails is logged. */
@Injectable()
export class TileStore {
  private readonly limit: number;
  /** Sizes by key, oldest first; read once. */
  private known: Promise<Map<string, number>> | undefined;
  private used = 0;

  constructor(
    private readonly objects: ObjectStore,
    private readonly log: ServiceLog,
    @Inject(MAP_CONFIG) config: MapConfig,
  ) {
    this.limit = config.VIEW_TILE_STORE_MB * 1024 * 1024;
  }

  /** The tile of an entity tag. */
  async get(tag: string): Promise<MapImage | undefined> {
    if (this.limit === 0) return undefined;
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of await this.objects.get(keyOf(tag))) chunks.push(chunk);
      return unpack(Buffer.concat(chunks));
    } catch (error) {
      if (!(error instanceof NotFoundError)) this.log.warn({ err: error }, 'a kept tile cannot be read');
      return undefined;
    }
  }

  /** Returns at once; the tile is stored afterwards. */
  put(tag: string, image: MapImage): void {
    if (this.limit === 0) return;
    this.keep(keyOf(tag), pack(image)).catch((error: unknown) =>
      this.log.warn({ err: error }, 'a tile cannot be kept'),
    );
  }

  private async keep(key: string, bytes: Buffer): Promise<void> {
    const known = await (this.known ??= this.read());
    await this.objects.put(key, once(bytes), { size: bytes.length, mediaType: 'application/octet-stream' });
    this.used += bytes.length - (known.get(key) ?? 0);
    known.delete(key);
    known.set(key, bytes.length);
    for (const [oldest, size] of known) {
      if (this.used <= this.limit) break;
      known.delete(oldest);
      this.used -= size;
      await this.objects.remove(oldest);
    }
  }

  private async read(): Promise<Map<string, number>> {
    const found: { readonly key: string; readonly size: number; readonly modified: Date }[] = [];
    for await (const info of this.objects.list(PREFIX)) found.push(info);
    found.sort((one, other) => one.modified.getTime() - other.modified.getTime());
    this.used = found.reduce((sum, { size }) => sum + size, 0);
    return new Map(found.map(({ key, size }) => [key, size]));
  }
}

function keyOf(tag: string): string {
  const name = tag.replaceAll('"', '');
  return `${PREFIX}${name.slice(0, 2)}/${name}`;
}

/** The length of what is said of the image, that as JSON, the image. */
function pack({ bytes, ...said }: MapImage): Buffer {
  const text = Buffer.from(JSON.stringify(said));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text, bytes]);
}

function unpack(packed: Buffer): MapImage {
  const end = 4 + packed.readUInt32BE(0);
  const said = JSON.parse(packed.toString('utf8', 4, end)) as Omit<MapImage, 'bytes'>;
  return { ...said, bytes: packed.subarray(end) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
