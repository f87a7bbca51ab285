import type { RasterInfo } from '#domain/ports/raster-source.js';
import { pixelToPoint } from './geo-reference.js';
import type { RasterHeader } from './raster-header.js';
import type { RasterLevel } from './raster-level.js';

/** What the port says of a raster; the bbox of a rotated one holds all its corners. */
export function rasterInfo({ levels, crs, nodata, pixelToCrs }: RasterHeader): RasterInfo {
  const { width, height, bands, sampleType, bits } = levels[0]!;
  const corners = [0, width].flatMap((column) => [0, height].map((row) => pixelToPoint(pixelToCrs, column, row)));
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return {
    width,
    height,
    bands,
    sampleType: portType(sampleType, bits),
    crs,
    bbox: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    ...(nodata === undefined ? {} : { nodata }),
    overviews: levels.length - 1,
  };
}

/** The port has no type for signed bytes and packed bits: the next larger one that holds them. */
function portType(type: RasterLevel['sampleType'], bits: number): RasterInfo['sampleType'] {
  if (type === 'int8') return 'int16';
  if (type === 'bits') return bits <= 8 ? 'uint8' : 'uint16';
  return type;
}
