import { el, type XmlContent, type XmlMarkup } from '#protocols/xml/xml-element.js';
import { compactTime } from './demo-date.js';
import type { ManifestFile } from './file-tree.js';
import { latLonList, wrappedMetadata, xfduManifest } from './manifest.js';
import type { S3Naming } from './s3-naming.js';

const SENTINEL = 'http://www.esa.int/safe/sentinel';

/** `xfdumanifest.xml` of a frame; `shares` (0 to 1) become the classification summary. */
export function s3Manifest(
  naming: S3Naming,
  shares: Readonly<Record<string, number>>,
  files: readonly ManifestFile[],
): XmlMarkup {
  const olci = naming.plan.type === 'OL_1_EFR___';
  const instrument = olci ? 'olci' : 'slstr';
  return xfduManifest({
    attributes: {
      'xmlns:sentinel-safe': `${SENTINEL}/1.1`,
      'xmlns:sentinel3': `${SENTINEL}/sentinel-3/1.0`,
      [`xmlns:${instrument}`]: `${SENTINEL}/sentinel-3/${instrument}/1.0`,
      version: `esa/safe/sentinel/sentinel-3/${instrument}/level-${olci ? 1 : 2}/1.0`,
    },
    unit: {
      ID: 'packageUnit',
      unitType: 'Information Package',
      textInfo: olci
        ? 'SENTINEL-3 OLCI Level 1 Earth Observation Full Resolution Product'
        : 'SENTINEL-3 SLSTR Level 2 Land Product',
      dmdID: 'acquisitionPeriod platform measurementOrbitReference measurementFrameSet generalProductInformation',
      pdiID: 'processing',
    },
    metadata: [
      period(naming),
      platform(naming),
      orbit(naming),
      processing(naming),
      footprint(naming),
      general(naming, files),
      summary(naming, instrument, shares),
    ],
    files,
    checksumName: 'MD5',
  });
}

function described(id: string, title: string, content: XmlContent): XmlMarkup {
  return wrappedMetadata(id, { category: 'DMD', vocabulary: 'Sentinel-SAFE', title }, content);
}

function period({ start, stop }: S3Naming): XmlMarkup {
  return described(
    'acquisitionPeriod',
    'Acquisition Period',
    el(
      'sentinel-safe:acquisitionPeriod',
      {},
      el('sentinel-safe:startTime', {}, start.toISOString()),
      el('sentinel-safe:stopTime', {}, stop.toISOString()),
    ),
  );
}

function platform({ plan }: S3Naming): XmlMarkup {
  const [abbreviation, instrument] = plan.type.startsWith('OL')
    ? ['OLCI', 'Ocean Land Colour Instrument']
    : ['SLSTR', 'Sea and Land Surface Temperature Radiometer'];
  return described(
    'platform',
    'Platform Description',
    el(
      'sentinel-safe:platform',
      {},
      el('sentinel-safe:nssdcIdentifier', {}, plan.satellite === 'A' ? '2016-011A' : '2018-039A'),
      el('sentinel-safe:familyName', {}, 'Sentinel-3'),
      el('sentinel-safe:number', {}, plan.satellite),
      el(
        'sentinel-safe:instrument',
        {},
        el('sentinel-safe:familyName', { abbreviation }, instrument),
        el('sentinel-safe:mode', { identifier: 'EO' }, 'Earth Observation'),
      ),
    ),
  );
}

function orbit({ absoluteOrbit, relativeOrbit, cycle }: S3Naming): XmlMarkup {
  const direction = { type: 'start', groundTrackDirection: 'descending' };
  return described(
    'measurementOrbitReference',
    'Orbit Reference',
    el(
      'sentinel-safe:orbitReference',
      {},
      el('sentinel-safe:orbitNumber', direction, absoluteOrbit),
      el('sentinel-safe:relativeOrbitNumber', direction, relativeOrbit),
      el('sentinel-safe:cycleNumber', {}, cycle),
    ),
  );
}

function processing({ made }: S3Naming): XmlMarkup {
  return wrappedMetadata(
    'processing',
    { category: 'PDI', vocabulary: 'Sentinel-SAFE', title: 'Processing' },
    el(
      'sentinel-safe:processing',
      { name: 'DataProcessing', start: made.toISOString(), stop: made.toISOString() },
      el(
        'sentinel-safe:facility',
        { name: 'Demonstration data, not an acquisition' },
        el('sentinel-safe:software', { name: 'Frombork demo', version: '1' }),
      ),
    ),
  );
}

function footprint({ frame }: S3Naming): XmlMarkup {
  return described(
    'measurementFrameSet',
    'Frame Set',
    el(
      'sentinel-safe:frameSet',
      {},
      el(
        'sentinel-safe:footPrint',
        { srsName: 'http://www.opengis.net/def/crs/EPSG/0/4326' },
        el('gml:posList', {}, latLonList(frame.ring())),
      ),
    ),
  );
}

function general({ plan, name, made }: S3Naming, files: readonly ManifestFile[]): XmlMarkup {
  const field = (tag: string, value: string | number): XmlMarkup => el(`sentinel3:${tag}`, {}, value);
  return described(
    'generalProductInformation',
    'General Product Information',
    el(
      'sentinel3:generalProductInformation',
      {},
      field('productName', name),
      field('productType', plan.type),
      field('timeliness', 'NR'),
      field('baselineCollection', '004'),
      field('creationTime', compactTime(made)),
      field(
        'productSize',
        files.reduce((sum, { size }) => sum + size, 0),
      ),
      field('dispositionMode', 'Operational'),
      el(
        'sentinel3:productUnit',
        {},
        field('type', 'FRAME'),
        field('duration', 179),
        field('alongtrackCoordinate', 1980),
      ),
    ),
  );
}

function summary({ frame }: S3Naming, instrument: string, shares: Readonly<Record<string, number>>): XmlMarkup {
  const size = instrument === 'olci' ? 'imageSize' : 'nadirImageSize';
  return described(
    `${instrument}ProductInformation`,
    'Product Information',
    el(
      `${instrument}:${instrument}ProductInformation`,
      {},
      el(
        `${instrument}:classificationSummary`,
        {},
        Object.entries(shares).map(([name, share]) =>
          el(`sentinel3:${name}`, { percentage: (100 * share).toFixed(6) }),
        ),
      ),
      el(
        `${instrument}:${size}`,
        {},
        el('sentinel3:rows', {}, frame.size.rows),
        el('sentinel3:columns', {}, frame.size.columns),
      ),
    ),
  );
}
