import { Injectable, type OnModuleInit } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { NotFoundError } from '#domain/errors.js';

/** A static file of the portal, kept in memory. */
export interface PortalAsset {
  readonly bytes: Buffer;
  readonly mediaType: string;
  /** Quoted. */
  readonly etag: string;
}

const FILES = [
  ['portal.css', 'services/portal/assets/portal.css', 'text/css; charset=utf-8'],
  ['portal.js', 'services/portal/assets/portal.js', 'text/javascript; charset=utf-8'],
  ['land.geojson', 'services/portal/assets/land.geojson', 'application/geo+json'],
  ['leaflet.css', 'node_modules/leaflet/dist/leaflet.css', 'text/css; charset=utf-8'],
  ['leaflet.js', 'node_modules/leaflet/dist/leaflet.js', 'text/javascript; charset=utf-8'],
] as const;

/** The project's folder, seen from the source as from `dist`. */
const ROOT = resolve(
  import.meta.dirname,
  import.meta.dirname.includes(`${sep}dist${sep}`) ? '../../../..' : '../../..',
);

/** The portal's own files and Leaflet's, read once: nothing comes from another server. */
@Injectable()
export class PortalAssets implements OnModuleInit {
  private readonly assets = new Map<string, PortalAsset>();

  async onModuleInit(): Promise<void> {
    for (const [name, path, mediaType] of FILES) {
      const bytes = await readFile(resolve(ROOT, path));
      const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
      this.assets.set(name, { bytes, mediaType, etag });
    }
  }

  /** Throws NotFoundError. */
  get(name: string): PortalAsset {
    const asset = this.assets.get(name);
    if (!asset) throw new NotFoundError(`The portal has no file ${name}.`, { subject: name });
    return asset;
  }
}
