import { el, type XmlMarkup } from '#protocols/xml/xml-element.js';
import { FileTree } from './file-tree.js';
import { wrappedMetadata, xfduManifest } from './manifest.js';
import {
  bandImage,
  classShares,
  halved,
  scaled,
  throughTheAir,
  trueColour,
  writeImage,
  type Image,
} from './s2-images.js';
import { s2ProductMetadata, s2TileMetadata, type ClassShares } from './s2-metadata.js';
import { nameS2, type S2Naming, type S2Plan } from './s2-naming.js';
import { lookAtTile, paintScene, type Scene, type TileGround } from './s2-scene.js';
import { BANDS } from './spectra.js';
import type { World } from './world.js';

/** Pixels a side of what is nominally a 10 m image: 150 m on the ground. */
export const S2_SIZE = 732;

/** Pixels a side of previews: 320 m on the ground (PSD 14, PVI). */
const PREVIEW_SIZE = 343;

interface NamedImage {
  readonly id: string;
  /** Inside the product, without extension. */
  readonly path: string;
  readonly image: Image;
}

/** Writes a Sentinel-2 product as a SAFE folder in compact naming: five 10 m images at level 1C; true colours, four 20 m bands and the classification at 2A. */
export async function makeS2(plan: S2Plan, folder: string, world: World): Promise<void> {
  const naming = nameS2(plan);
  const ground = world.remember<TileGround>(`tile ${plan.tile}`, () =>
    lookAtTile(world.landscape, naming.tile, S2_SIZE),
  );
  const surface = paintScene(ground, world.weather(naming.start), naming.start);
  const shares = classShares(surface);
  const images = plan.level === '1C' ? imagesOf1C(naming, throughTheAir(surface)) : imagesOf2A(naming, surface);
  const tree = new FileTree(folder, 'sha3-256');
  const metadata = s2ProductMetadata(
    naming,
    images.filter(({ id }) => id.startsWith('IMG')).map(({ path }) => path),
    shares,
  );
  await tree.addXml({ id: `S2_Level-${plan.level}_Product_Metadata`, path: `MTD_MSIL${plan.level}.xml` }, metadata);
  await tree.addXml(
    { id: `S2_Level-${plan.level}_Tile1_Metadata`, path: `GRANULE/${naming.granule}/MTD_TL.xml` },
    tileMetadata(naming, shares),
  );
  for (const { id, path, image } of images) {
    await tree.addFile({ id, path: `${path}.jp2` }, (target) =>
      writeImage({ path: target, tile: naming.tile }, image, world.codec),
    );
  }
  await tree.writeManifest('manifest.safe', manifest(naming, tree));
}

function imagesOf1C(naming: S2Naming, scene: Scene): NamedImage[] {
  const { granule, stem } = naming;
  const named = (band: string, image: Image): NamedImage => ({
    id: `IMG_DATA_Band_${band}_Tile1_Data`,
    path: `GRANULE/${granule}/IMG_DATA/${stem}_${band}`,
    image,
  });
  return [
    ...BANDS.map((band, index) => named(band, bandImage(scene, index))),
    named('TCI', trueColour(scene, '1C')),
    preview(naming, scene),
  ];
}

function imagesOf2A(naming: S2Naming, scene: Scene): NamedImage[] {
  const half = halved(scene);
  const named = (band: string, resolution: string, image: Image): NamedImage => ({
    id: `IMG_DATA_Band_${band}_${resolution}_Tile1_Data`,
    path: `GRANULE/${naming.granule}/IMG_DATA/R${resolution}/${naming.stem}_${band}_${resolution}`,
    image,
  });
  return [
    named('TCI', '10m', trueColour(scene, '2A')),
    ...['B02', 'B03', 'B04', 'B8A'].map((band, index) => named(band, '20m', bandImage(half, index))),
    named('SCL', '20m', { size: half.size, components: 1, bits: 8, samples: half.classes }),
    preview(naming, scene),
  ];
}

function preview({ plan, granule, stem }: S2Naming, scene: Scene): NamedImage {
  return {
    id: 'Preview_0_Tile1_Data',
    path: `GRANULE/${granule}/QI_DATA/${stem}_PVI`,
    image: trueColour(scaled(scene, PREVIEW_SIZE), plan.level),
  };
}

function tileMetadata(naming: S2Naming, shares: ClassShares): XmlMarkup {
  const sizes = new Map([
    [10, S2_SIZE],
    [20, S2_SIZE / 2],
    [60, S2_SIZE / 6],
  ]);
  return s2TileMetadata(naming, sizes, shares);
}

function manifest({ plan, spacecraft, start }: S2Naming, { files }: FileTree): XmlMarkup {
  const level = plan.level.toLowerCase();
  const about = (title: string) => ({ category: 'DMD' as const, vocabulary: 'SAFE', title });
  return xfduManifest({
    attributes: {
      'xmlns:safe': 'http://www.esa.int/safe/sentinel/1.1',
      version: `esa/safe/sentinel/1.1/sentinel-2/msi/archive_l${level}_user_product`,
    },
    unit: {
      dmdID: 'acquisitionPeriod platform',
      textInfo: `SENTINEL-2 MSI Level-${plan.level} User Product`,
      unitType: `Product_Level-${plan.level}`,
    },
    metadata: [
      wrappedMetadata(
        'acquisitionPeriod',
        about('Acquisition Period'),
        el(
          'safe:acquisitionPeriod',
          {},
          el('safe:startTime', {}, start.toISOString()),
          el('safe:stopTime', {}, start.toISOString()),
        ),
      ),
      wrappedMetadata(
        'platform',
        about('Platform Description'),
        el('safe:platform', {}, el('safe:familyName', {}, 'SENTINEL'), el('safe:number', {}, spacecraft.slice(1))),
      ),
    ],
    files,
    checksumName: 'SHA3-256',
  });
}
