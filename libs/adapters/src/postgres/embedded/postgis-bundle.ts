import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { constants, createGunzip, createGzip } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { postgis } from '@electric-sql/pglite-postgis';
import type { Extension } from '@electric-sql/pglite';
import { extract, pack } from 'tar-stream';

/** What the catalogue never uses (raster, topology, geocoder, upgrades from older versions): the engine loads every file, so this halves its memory. */
const UNUSED = /postgis_(raster|topology|tiger|sfcgal)|--ANY|--unpackaged|-unpackaged|\/contrib\//;

/** PostGIS for PGlite without the parts the catalogue never uses; the slim bundle is made once and kept as `file`. */
export function slimPostgis(file: string): Extension {
  return {
    name: postgis.name,
    setup: async (engine, options) => {
      const own = await postgis.setup(engine, options);
      if (own.bundlePath === undefined) return own;
      if (!existsSync(file)) await writeSlim(own.bundlePath, file);
      return { ...own, bundlePath: pathToFileURL(file) };
    },
  };
}

async function writeSlim(original: URL, file: string): Promise<void> {
  const kept = pack();
  const read = extract();
  const unfinished = `${file}.unfinished`;
  const written = pipeline(kept, createGzip({ level: constants.Z_BEST_SPEED }), createWriteStream(unfinished));
  const copied = (async () => {
    for await (const entry of read) {
      if (UNUSED.test(entry.header.name)) {
        entry.resume();
        continue;
      }
      await pipeline(entry, kept.entry(entry.header));
    }
    kept.finalize();
  })();
  await Promise.all([pipeline(createReadStream(original), createGunzip(), read), copied, written]);
  await rename(unfinished, file);
}
