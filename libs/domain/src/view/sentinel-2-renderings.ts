import { ramp, type ColourClass } from './colour-ramp.js';
import type { Rendering } from './rendering.js';

const NDVI = ramp(
  '-0.5 0c0c0c, -0.2 bfbfbf, -0.1 dbdbdb, 0 eaeaea, 0.025 fff9cc, 0.05 ede8b5, 0.075 ddd89b, 0.1 ccc682, 0.125 bcb76b, ' +
    '0.15 afc160, 0.175 a3cc59, 0.2 91bf51, 0.25 7fb247, 0.3 70a33f, 0.35 609635, 0.4 4f892d, 0.45 3f7c23, 0.5 306d1c, ' +
    '0.55 216011, 0.6 0f540a, 1 004400',
);
const WATER = ramp('-0.8 008000, 0 ffffff, 0.8 0000cc');
const MOISTURE = ramp('-0.8 800000, -0.24 ff0000, -0.032 ffff00, 0.032 00ffff, 0.24 0000ff, 0.8 000080');

/** Classes of the scene classification of Sentinel-2 L2A. */
export const SCENE_CLASSES: readonly ColourClass[] = [
  { value: 0, colour: 0x000000, title: 'No data' },
  { value: 1, colour: 0xff0000, title: 'Saturated or defective' },
  { value: 2, colour: 0x2f2f2f, title: 'Dark features, topographic shadow' },
  { value: 3, colour: 0x643200, title: 'Cloud shadow' },
  { value: 4, colour: 0x00a000, title: 'Vegetation' },
  { value: 5, colour: 0xffe65a, title: 'Bare soil' },
  { value: 6, colour: 0x0000ff, title: 'Water' },
  { value: 7, colour: 0x808080, title: 'Unclassified' },
  { value: 8, colour: 0xc0c0c0, title: 'Cloud, medium probability' },
  { value: 9, colour: 0xffffff, title: 'Cloud, high probability' },
  { value: 10, colour: 0x64c8ff, title: 'Thin cirrus' },
  { value: 11, colour: 0xff96ff, title: 'Snow' },
];

const TRUE_COLOUR = colours('true-colour', 'True colour (B04, B03, B02)', ['B04', 'B03', 'B02'], 'As the eye sees it.');

const COMMON: readonly Rendering[] = [
  colours('false-colour', 'False colour (B08, B04, B03)', ['B08', 'B04', 'B03'], 'Vegetation is red.'),
  colours(
    'false-colour-urban',
    'False colour, urban (B12, B11, B04)',
    ['B12', 'B11', 'B04'],
    'Buildings and bare ground stand out.',
  ),
  colours(
    'swir',
    'Short-wave infrared (B12, B8A, B04)',
    ['B12', 'B8A', 'B04'],
    'Tells ice from cloud, and shows water in plants and soil.',
  ),
  {
    name: 'ndvi',
    title: 'Vegetation index (NDVI)',
    description: 'How green and dense plants are: (B08 - B04) / (B08 + B04).',
    quantity: 'reflectance',
    formula: { colouring: { kind: 'ramp', value: 'index(B08, B04)', ramp: NDVI } },
  },
  {
    name: 'ndwi',
    title: 'Water index (NDWI)',
    description: 'Open water is blue: (B03 - B08) / (B03 + B08).',
    quantity: 'reflectance',
    formula: { colouring: { kind: 'ramp', value: 'index(B03, B08)', ramp: WATER } },
  },
  {
    name: 'ndmi',
    title: 'Moisture index (NDMI)',
    description: 'Water in plants: (B8A - B11) / (B8A + B11).',
    quantity: 'reflectance',
    formula: { colouring: { kind: 'ramp', value: 'index(B8A, B11)', ramp: MOISTURE } },
  },
];

/** Level 1C: top of atmosphere. */
export const SENTINEL_2_L1C_RENDERINGS: readonly Rendering[] = [
  { ...TRUE_COLOUR, fallsBack: true },
  {
    name: 'natural-colour',
    title: 'Natural colour, optimised',
    description: 'True colour with detail in dark and bright places: the cube root of 0.6 times the reflectance.',
    quantity: 'reflectance',
    formula: {
      colouring: {
        kind: 'rgb',
        red: 'cbrt(0.6 * B04 - 0.035)',
        green: 'cbrt(0.6 * B03 - 0.035)',
        blue: 'cbrt(0.6 * B02 - 0.035)',
      },
    },
  },
  ...COMMON,
];

/** Level 2A: bottom of atmosphere, with the scene classification. */
export const SENTINEL_2_L2A_RENDERINGS: readonly Rendering[] = [
  { ...TRUE_COLOUR, fallsBack: true },
  {
    name: 'natural-colour',
    title: 'Natural colour, optimised',
    description: 'True colour with detail in dark and bright places, and a little more saturated.',
    quantity: 'reflectance',
    formula: {
      variables: [
        { name: 'r', value: 'tone(B04, 3, 0.13, 1.8)' },
        { name: 'g', value: 'tone(B03, 3, 0.13, 1.8)' },
        { name: 'b', value: 'tone(B02, 3, 0.13, 1.8)' },
        { name: 'grey', value: '(r + g + b) / 3 * (1 - 1.2)' },
      ],
      colouring: {
        kind: 'rgb',
        red: 'srgb(clamp(grey + 1.2 * r, 0, 1))',
        green: 'srgb(clamp(grey + 1.2 * g, 0, 1))',
        blue: 'srgb(clamp(grey + 1.2 * b, 0, 1))',
      },
    },
  },
  ...COMMON,
  {
    name: 'scene-classification',
    title: 'Scene classification (SCL)',
    description: 'What the processor took each pixel for.',
    quantity: 'class',
    formula: { colouring: { kind: 'classes', value: 'SCL', classes: SCENE_CLASSES } },
  },
];

function colours(
  name: string,
  title: string,
  bands: readonly [string, string, string],
  description: string,
): Rendering {
  const [red, green, blue] = bands.map((band) => `2.5 * ${band}`) as [string, string, string];
  return {
    name,
    title,
    description,
    quantity: 'reflectance',
    formula: { colouring: { kind: 'rgb', red, green, blue } },
  };
}
