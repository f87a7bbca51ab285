import { NetcdfReader, type NetcdfContents, type NetcdfSamples } from '#domain/ports/netcdf-reader.js';
import type { IngestWorkers } from './ingest-workers.js';

/** Reads NetCDF-4 through HDF5, one thread per file: a damaged one can bring the library down. */
export class HdfNetcdfReader extends NetcdfReader {
  constructor(private readonly workers: IngestWorkers) {
    super();
  }

  readAttributes(file: string): Promise<NetcdfContents> {
    return this.workers.run({ kind: 'netcdf-attributes', file });
  }

  read(file: string, variable: string): Promise<NetcdfSamples> {
    return this.workers.run({ kind: 'netcdf-variable', file, variable });
  }
}
