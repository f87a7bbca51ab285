import { BrowseMaker } from '#domain/ports/browse-maker.js';
import { NetcdfReader } from '#domain/ports/netcdf-reader.js';
import type { OpenedAdapter } from '#domain/ports/opened-adapter.js';
import { HdfNetcdfReader } from './hdf-netcdf-reader.js';
import { IngestWorkers } from './ingest-workers.js';
import { RasterBrowseMaker } from './raster-browse-maker.js';
import type { RasterIngestConfig } from './raster-ingest.config.js';

/** Metadata is read beside the drawing, not behind it. */
const METADATA_THREADS = 2;
const METADATA_SECONDS = 60;

/** Opens what ingest needs of rasters: the maker of browse images and the reader of NetCDF files. Closing stops their threads. */
export function openRasterIngest(config: RasterIngestConfig): Promise<OpenedAdapter> {
  const drawing = new IngestWorkers({ size: config.BROWSE_WORKERS, seconds: config.BROWSE_TIMEOUT });
  const reading = new IngestWorkers({ size: METADATA_THREADS, seconds: METADATA_SECONDS });
  const settings = { resolution: config.BROWSE_RESOLUTION, maxSide: config.BROWSE_MAX_SIDE };
  return Promise.resolve({
    name: 'raster-ingest',
    ports: [
      [BrowseMaker, new RasterBrowseMaker(drawing, settings)],
      [NetcdfReader, new HdfNetcdfReader(reading)],
    ],
    check: () => Promise.resolve(),
    close: async () => {
      await Promise.all([drawing.close(), reading.close()]);
    },
  });
}
