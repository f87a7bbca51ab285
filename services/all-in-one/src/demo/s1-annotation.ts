import type { GcpPoint } from '#adapters/raster/gcp-tiff-writer.js';
import { el, type XmlMarkup } from '#protocols/xml/xml-element.js';
import { fields } from './fields.js';
import { CALIBRATION, controlPoints } from './s1-picture.js';
import { SPACING, type S1Frame } from './s1-frame.js';

type Polarisation = 'vv' | 'vh';

/** Time without zone, as Sentinel-1 writes it. */
export function s1Time(time: Date): string {
  return `${time.toISOString().slice(0, 23)}000`;
}

/** Product annotation of one image (S1-RS-MDA-52-7441 §6.3): what readers need of it. */
export function s1Annotation(frame: S1Frame, polarisation: Polarisation): XmlMarkup {
  const { plan, heading } = frame;
  const information = fields({
    pass: plan.pass === 'ASCENDING' ? 'Ascending' : 'Descending',
    timelinessCategory: 'Fast-24h',
    platformHeading: (heading > 180 ? heading - 360 : heading).toExponential(6),
    projection: 'Ground Range',
    radarFrequency: '5.405000454334350e+09',
  });
  return el(
    'product',
    {},
    header(frame, polarisation),
    el('generalAnnotation', {}, el('productInformation', {}, information)),
    el('imageAnnotation', {}, imageInformation(frame)),
    geolocationGrid(frame),
  );
}

function imageInformation({ plan, start, stop, columns, rows }: S1Frame): XmlMarkup {
  const spacing = (SPACING * 1000).toExponential(6);
  return el(
    'imageInformation',
    {},
    fields({
      productFirstLineUtcTime: s1Time(start),
      productLastLineUtcTime: s1Time(stop),
      productComposition: 'Slice',
      sliceNumber: plan.slice,
      slantRangeTime: '5.340000e-03',
      pixelValue: 'Detected',
      outputPixels: '16 bit Unsigned Integer',
      rangePixelSpacing: spacing,
      azimuthPixelSpacing: spacing,
      numberOfSamples: columns,
      numberOfLines: rows,
      incidenceAngleMidSwath: '3.880000e+01',
    }),
  );
}

function header({ plan, start, stop, absoluteOrbit, datatake }: S1Frame, polarisation: Polarisation): XmlMarkup {
  return el(
    'adsHeader',
    {},
    fields({
      missionId: `S1${plan.satellite}`,
      productType: 'GRD',
      polarisation: polarisation.toUpperCase(),
      mode: 'IW',
      swath: 'IW',
      startTime: s1Time(start),
      stopTime: s1Time(stop),
      absoluteOrbitNumber: absoluteOrbit,
      missionDataTakeId: parseInt(datatake, 16),
      imageNumber: polarisation === 'vv' ? '001' : '002',
    }),
  );
}

function geolocationGrid(frame: S1Frame): XmlMarkup {
  const points = controlPoints(frame);
  return el(
    'geolocationGrid',
    {},
    el(
      'geolocationGridPointList',
      { count: points.length },
      points.map((point) => gridPoint(frame, point)),
    ),
  );
}

function gridPoint(frame: S1Frame, { column, row, longitude, latitude, height }: GcpPoint): XmlMarkup {
  return el(
    'geolocationGridPoint',
    {},
    fields({
      azimuthTime: s1Time(frame.timeOf(row)),
      line: row,
      pixel: column,
      latitude: latitude.toExponential(12),
      longitude: longitude.toExponential(12),
      height: height.toExponential(6),
      // The interferometric wide swath looks from about 30.5 degrees near to 46 far.
      incidenceAngle: (30.5 + (15.5 * column) / frame.columns).toExponential(6),
    }),
  );
}

/** Calibration annotation: one factor everywhere, the one the image was made with. */
export function s1Calibration(frame: S1Frame, polarisation: Polarisation): XmlMarkup {
  const pixels = Array.from({ length: 11 }, (_, i) => Math.round(((frame.columns - 1) * i) / 10));
  const lines = Array.from({ length: 6 }, (_, i) => Math.round(((frame.rows - 1) * i) / 5));
  const factors = pixels.map(() => CALIBRATION.toExponential(6)).join(' ');
  return el(
    'calibration',
    {},
    header(frame, polarisation),
    el('calibrationInformation', {}, el('absoluteCalibrationConstant', {}, '1.000000e+00')),
    el(
      'calibrationVectorList',
      { count: lines.length },
      lines.map((line) =>
        el(
          'calibrationVector',
          {},
          el('azimuthTime', {}, s1Time(frame.timeOf(line))),
          el('line', {}, line),
          el('pixel', { count: pixels.length }, pixels.join(' ')),
          ['sigmaNought', 'betaNought', 'gamma', 'dn'].map((name) => el(name, { count: pixels.length }, factors)),
        ),
      ),
    ),
  );
}
