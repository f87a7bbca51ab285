/** What a function takes or gives. */
export type FunctionType = 'number' | 'text' | 'instant' | 'geometry';

/** A function of filters (OGC 21-065r2 §7.11). */
export interface CatalogFunction {
  readonly name: string;
  readonly description: string;
  readonly takes: readonly (readonly [title: string, type: FunctionType])[];
  readonly gives: FunctionType;
}

const number = (title: string) => [title, 'number'] as const;
const instant = [['instant', 'instant']] as const;

/** The functions filters may use. Parts of instants are those of UTC. */
export const CATALOG_FUNCTIONS: readonly CatalogFunction[] = [
  { name: 'abs', description: 'The number without its sign.', takes: [number('number')], gives: 'number' },
  { name: 'floor', description: 'The next whole number below.', takes: [number('number')], gives: 'number' },
  { name: 'ceil', description: 'The next whole number above.', takes: [number('number')], gives: 'number' },
  { name: 'round', description: 'The nearest whole number.', takes: [number('number')], gives: 'number' },
  { name: 'min', description: 'The smaller of two numbers.', takes: [number('a'), number('b')], gives: 'number' },
  { name: 'max', description: 'The larger of two numbers.', takes: [number('a'), number('b')], gives: 'number' },
  { name: 'length', description: 'Characters of a text.', takes: [['text', 'text']], gives: 'number' },
  { name: 'year', description: 'Year, e.g. year(datetime) = 2024.', takes: instant, gives: 'number' },
  { name: 'month', description: 'Month, 1 to 12, e.g. month(datetime) IN (6,7,8).', takes: instant, gives: 'number' },
  { name: 'day', description: 'Day of the month, 1 to 31.', takes: instant, gives: 'number' },
  { name: 'dayOfYear', description: 'Day of the year, 1 to 366.', takes: instant, gives: 'number' },
  { name: 'hour', description: 'Hour, 0 to 23.', takes: instant, gives: 'number' },
  { name: 'area', description: 'Square kilometres.', takes: [['place', 'geometry']], gives: 'number' },
  {
    name: 'distance',
    description: 'Metres between the nearest points, on the spheroid.',
    takes: [
      ['a', 'geometry'],
      ['b', 'geometry'],
    ],
    gives: 'number',
  },
];

const BY_NAME = new Map(CATALOG_FUNCTIONS.map((each) => [each.name.toLowerCase(), each]));

/** The function of that name, in any case, or undefined. */
export function findFunction(name: string): CatalogFunction | undefined {
  return BY_NAME.get(name.toLowerCase());
}
