import { writeGcpTiff } from '#adapters/raster/gcp-tiff-writer.js';
import { el, type XmlContent, type XmlMarkup } from '#protocols/xml/xml-element.js';
import { later } from './demo-date.js';
import { FileTree } from './file-tree.js';
import { latLonList, wrappedMetadata, xfduManifest } from './manifest.js';
import { s1Annotation, s1Calibration, s1Time } from './s1-annotation.js';
import { S1Frame, type S1Plan } from './s1-frame.js';
import { controlPoints, paintAmplitudes } from './s1-picture.js';
import type { World } from './world.js';

const SAFE = 'http://www.esa.int/safe/sentinel-1.0';

/** Writes a Sentinel-1 IW GRD product as a SAFE folder: two measurements with ground control points, their annotations and calibrations. */
export async function makeS1(plan: S1Plan, folder: string, world: World): Promise<void> {
  const frame = new S1Frame(plan);
  const amplitudes = paintAmplitudes(frame, world.landscape);
  const points = controlPoints(frame);
  const tree = new FileTree(folder, 'md5');
  for (const polarisation of ['vv', 'vh'] as const) {
    const name = frame.imageName(polarisation);
    const id = name.replaceAll('-', '');
    const [product, calibration] = [`product${id}`, `calibration${id}`];
    await tree.addXml(
      { id: product, path: `annotation/${name}.xml`, schema: 's1Level1ProductSchema' },
      s1Annotation(frame, polarisation),
    );
    await tree.addXml(
      { id: calibration, path: `annotation/calibration/calibration-${name}.xml`, schema: 's1Level1CalibrationSchema' },
      s1Calibration(frame, polarisation),
    );
    await tree.addFile(
      {
        id,
        path: `measurement/${name}.tiff`,
        schema: 's1Level1MeasurementSchema',
        describedBy: [product, calibration],
      },
      (target) =>
        writeGcpTiff(target, { width: frame.columns, height: frame.rows, samples: amplitudes[polarisation], points }),
    );
  }
  await tree.writeManifest('manifest.safe', manifest(frame, tree));
}

function manifest(frame: S1Frame, { files }: FileTree): XmlMarkup {
  return xfduManifest({
    attributes: {
      'xmlns:safe': SAFE,
      'xmlns:s1': `${SAFE}/sentinel-1`,
      'xmlns:s1sarl1': `${SAFE}/sentinel-1/sar/level-1`,
      version: 'esa/safe/sentinel-1.0/sentinel-1/sar/level-1/grd/standard/iwdp',
    },
    unit: {
      unitType: 'SAFE Archive Information Package',
      textInfo: 'Sentinel-1 IW Level-1 GRD Product',
      dmdID: 'acquisitionPeriod platform generalProductInformation measurementOrbitReference measurementFrameSet',
      pdiID: 'processing',
    },
    metadata: [
      processing(frame),
      platform(frame),
      orbit(frame),
      productInformation(frame),
      described(
        'acquisitionPeriod',
        'Acquisition Period',
        el(
          'safe:acquisitionPeriod',
          {},
          el('safe:startTime', {}, s1Time(frame.start)),
          el('safe:stopTime', {}, s1Time(frame.stop)),
        ),
      ),
      footprint(frame),
    ],
    files,
    checksumName: 'MD5',
  });
}

function described(id: string, title: string, content: XmlContent): XmlMarkup {
  return wrappedMetadata(id, { category: 'DMD', vocabulary: 'SAFE', title }, content);
}

function processing({ stop }: S1Frame): XmlMarkup {
  return wrappedMetadata(
    'processing',
    { category: 'PDI', vocabulary: 'SAFE', title: 'Processing' },
    el(
      'safe:processing',
      { name: 'GRD Post Processing', start: s1Time(later(stop, 7_200)), stop: s1Time(later(stop, 7_900)) },
      el(
        'safe:facility',
        { name: 'Demonstration data, not an acquisition' },
        el('safe:software', { name: 'Frombork demo', version: '1' }),
      ),
    ),
  );
}

function platform({ plan }: S1Frame): XmlMarkup {
  return described(
    'platform',
    'Platform Description',
    el(
      'safe:platform',
      {},
      el('safe:nssdcIdentifier', {}, plan.satellite === 'A' ? '2014-016A' : '2024-236A'),
      el('safe:familyName', {}, 'SENTINEL-1'),
      el('safe:number', {}, plan.satellite),
      el(
        'safe:instrument',
        {},
        el('safe:familyName', { abbreviation: 'SAR' }, 'Synthetic Aperture Radar'),
        el(
          'safe:extension',
          {},
          el('s1sarl1:instrumentMode', {}, el('s1sarl1:mode', {}, 'IW'), el('s1sarl1:swath', {}, 'IW')),
        ),
      ),
    ),
  );
}

function orbit({ plan, start, absoluteOrbit }: S1Frame): XmlMarkup {
  const ends = ['start', 'stop'] as const;
  // Middle Europe is reached 13.5 minutes after the ascending node going north, 35.5 going south.
  const sinceNode = plan.pass === 'ASCENDING' ? 810 : 2_130;
  return described(
    'measurementOrbitReference',
    'Orbit Reference',
    el(
      'safe:orbitReference',
      {},
      ends.map((type) => el('safe:orbitNumber', { type }, absoluteOrbit)),
      ends.map((type) => el('safe:relativeOrbitNumber', { type }, plan.orbit)),
      el('safe:cycleNumber', {}, Math.floor(absoluteOrbit / 175) + 1),
      el('safe:phaseIdentifier', {}, 1),
      el(
        'safe:extension',
        {},
        el(
          's1:orbitProperties',
          {},
          el('s1:pass', {}, plan.pass),
          el('s1:ascendingNodeTime', {}, s1Time(later(start, -sinceNode))),
        ),
      ),
    ),
  );
}

function productInformation({ plan, datatake }: S1Frame): XmlMarkup {
  const field = (name: string, value: string | number): XmlMarkup => el(`s1sarl1:${name}`, {}, value);
  return described(
    'generalProductInformation',
    'General Product Information',
    el(
      's1sarl1:standAloneProductInformation',
      {},
      field('instrumentConfigurationID', 7),
      field('missionDataTakeID', parseInt(datatake, 16)),
      field('transmitterReceiverPolarisation', 'VV'),
      field('transmitterReceiverPolarisation', 'VH'),
      field('productClass', 'S'),
      field('productClassDescription', 'SAR Standard L1 Product'),
      field('productComposition', 'Slice'),
      field('productType', 'GRD'),
      field('productTimelinessCategory', 'Fast-24h'),
      field('sliceProductFlag', 'true'),
      field('sliceNumber', plan.slice),
      field('totalSlices', 12),
    ),
  );
}

function footprint(frame: S1Frame): XmlMarkup {
  const [first, second, third, fourth] = frame.corners();
  return described(
    'measurementFrameSet',
    'Frame Set',
    el(
      'safe:frameSet',
      {},
      el(
        'safe:frame',
        {},
        el(
          'safe:footPrint',
          { srsName: 'http://www.opengis.net/gml/srs/epsg.xml#4326' },
          el('gml:coordinates', {}, latLonList([fourth, third, second, first], ',')),
        ),
      ),
    ),
  );
}
