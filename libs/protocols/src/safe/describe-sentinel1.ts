import { InvalidError } from '#domain/errors.js';
import type { BrowsePlan, SarImage } from '#domain/ports/browse-maker.js';
import type { SarCalibration } from '#domain/ports/sar-calibration.js';
import { defined } from './manifest-facts.js';
import { parseManifest } from './manifest.js';
import type { MissionDescription, ProductInput } from './product-description.js';
import type { ProductName } from './product-name.js';
import { parseSentinel1Calibration } from './sentinel1-calibration.js';
import { parseMapOverlay, parseSentinel1Annotation, type Sentinel1Annotation } from './sentinel1-annotation.js';

/** The order in which polarisations make the better picture. */
const PREFERRED = ['vv', 'hh', 'vh', 'hv'];
const QUICK_LOOK = 'preview/quick-look.png';

/** A Sentinel-1 product from `manifest.safe`, one image annotation and the map overlay. Throws InvalidError. */
export function describeSentinel1(name: ProductName, input: ProductInput): MissionDescription {
  const source = input.metadata.get('manifest.safe');
  if (source === undefined) throw new InvalidError('The product has no manifest.safe.');
  const manifest = parseManifest(source);
  const annotation = annotationOf(input);
  const { processed, processingBaseline } = manifest.properties;
  const version = processed instanceof Date ? processed.toISOString() : '';
  return {
    ...manifest,
    properties: {
      ...manifest.properties,
      ...defined({
        incidenceAngle: annotation.incidenceAngle,
        incidenceAngleMin: annotation.incidenceAngleMin,
        incidenceAngleMax: annotation.incidenceAngleMax,
        resolution: annotation.rangeSpacing === undefined ? undefined : Math.round(annotation.rangeSpacing * 100) / 100,
        centerFrequency: annotation.centerFrequency ?? 5.405,
        frequencyBand: 'C',
        lookDirection: 'right',
      }),
    },
    extra: {
      ...manifest.extra,
      ...defined({
        'sar:pixel_spacing_range': annotation.rangeSpacing,
        'sar:pixel_spacing_azimuth': annotation.azimuthSpacing,
        's1:platform_heading': annotation.heading,
        's1:shape': shapeOf(annotation),
      }),
    },
    version: `${String(processingBaseline ?? '000.00')}/${version}`,
    browse: browse(name, input),
  };
}

function annotationOf({ metadata }: ProductInput): Sentinel1Annotation {
  const found = [...metadata].find(([path]) => /^annotation\/s1[^/]+\.xml$/i.test(path));
  return found === undefined ? {} : parseSentinel1Annotation(found[1]);
}

function shapeOf({ rows, columns }: Sentinel1Annotation): readonly number[] | undefined {
  return rows === undefined || columns === undefined ? undefined : [rows, columns];
}

/** Detected images are drawn from their TIFFs, calibrated where there is a calibration of each; complex and other ones from the quick-look, whose corners the overlay knows. */
function browse(name: ProductName, { paths, metadata }: ProductInput): readonly BrowsePlan[] {
  const detected = String(name.properties['productType']).includes('_GRD');
  const polarisations = detected ? PREFERRED : [];
  const images = polarisations.flatMap((polarisation) => calibrated(polarisation, paths, metadata));
  const tiffs = polarisations.flatMap((polarisation) => measurement(paths, polarisation));
  const overlay = metadata.get('preview/map-overlay.kml');
  const corners = overlay === undefined ? undefined : parseMapOverlay(overlay);
  const picture = corners !== undefined && paths.includes(QUICK_LOOK);
  return [
    ...(images.length === 0 ? [] : [{ kind: 'sar', images } as const]),
    ...tiffs.map((file): BrowsePlan => ({ kind: 'gcp-tiff', file })),
    ...(picture ? [{ kind: 'picture', file: QUICK_LOOK, corners } as const] : []),
  ];
}

/** One image a polarisation: of a product with several (SM has one swath) the first. */
function calibrated(
  polarisation: string,
  paths: readonly string[],
  metadata: ProductInput['metadata'],
): readonly SarImage[] {
  const [file] = measurement(paths, polarisation);
  const pattern = new RegExp(`^annotation/calibration/calibration-[^/]*-${polarisation}(?:-[^/]*)?\\.xml$`, 'i');
  const table = [...metadata].find(([path]) => pattern.test(path))?.[1];
  const calibration = table === undefined ? undefined : readableCalibration(table);
  if (file === undefined || calibration === undefined) return [];
  return [{ name: polarisation.toUpperCase(), file, calibration }];
}

/** A product whose calibration cannot be used is still a product, and drawn without. */
function readableCalibration(source: string | Uint8Array): SarCalibration | undefined {
  try {
    return parseSentinel1Calibration(source);
  } catch (error) {
    if (error instanceof InvalidError) return undefined;
    throw error;
  }
}

function measurement(paths: readonly string[], polarisation: string): readonly string[] {
  const pattern = new RegExp(`^measurement/[^/]*-${polarisation}(?:-[^/]*)?\\.tiff?$`, 'i');
  return paths.filter((path) => pattern.test(path)).toSorted();
}
