import { Injectable } from '@nestjs/common';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import type { CoverageFile } from '#domain/ports/coverage-request.js';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import { eoCoverage } from '#protocols/wcs/describe-20.js';
import { writeCoverages11 } from '#protocols/wcs/documents-11.js';
import { selectFields } from '#protocols/wcs/select-fields.js';
import { selectGrid } from '#protocols/wcs/select-grid.js';
import type { WcsRequest } from '#protocols/wcs/wcs-request.js';
import { familyOf } from '#protocols/wcs/wcs-version.js';
import { writeElement } from '#protocols/xml/write-xml.js';
import { FindCoverages } from './find-coverages.js';

/** A coverage made: its file, and its description (without declaration) where the answer has two parts. */
export interface MadeCoverage {
  readonly id: string;
  readonly file: CoverageFile;
  readonly description?: string;
}

type CoverageRequest = Extract<WcsRequest, { kind: 'GetCoverage' }>;

/** GetCoverage of every version. */
@Injectable()
export class GetCoverage {
  constructor(
    private readonly coverages: FindCoverages,
    private readonly engine: RasterEngine,
    private readonly systems: CoordinateSystems,
  ) {}

  async execute(request: CoverageRequest, address: string, signal: AbortSignal): Promise<MadeCoverage> {
    const { id, selection, version } = request;
    const [held] = await this.coverages.execute([id], address, signal);
    const { coverage } = held!;
    const fields = selectFields(coverage.fields, selection.fields);
    const grid = selectGrid(coverage, selection, (from, to, bbox) => this.systems.transformBounds(from, to, bbox));
    const { sampleType, nodata } = coverage;
    const file = await this.engine.coverage(
      {
        ...grid,
        sources: await held!.sourcesOf(fields, grid, signal),
        resampling: selection.resampling,
        sampleType,
        ...(nodata === undefined ? {} : { nodata }),
      },
      signal,
    );
    if (!request.multipart) return { id, file };
    const chosen = fields.map((index) => coverage.fields[index]!);
    const markup =
      familyOf(version) === '2.0' ? eoCoverage(coverage, grid, chosen) : writeCoverages11(coverage, version);
    return { id, file, description: writeElement(markup) };
  }
}
