import type { Place } from './geography.js';
import { S1Frame, type S1Plan } from './s1-frame.js';
import { nameS2, type S2Plan } from './s2-naming.js';
import { nameS3, type S3Plan } from './s3-naming.js';
import { nameS5p, type S5pPlan } from './s5p-naming.js';

/** One product of the demo archive. */
export type DemoPlan = S1Plan | S2Plan | S3Plan | S5pPlan;

/** File or folder name of a product. */
export function nameOf(plan: DemoPlan): string {
  switch (plan.kind) {
    case 's1':
      return new S1Frame(plan).name;
    case 's2':
      return nameS2(plan).name;
    case 's3':
      return nameS3(plan).name;
    case 's5p':
      return `${nameS5p(plan).name}.nc`;
  }
}

/** A datatake over several tiles: satellites pass where and when the real orbits do (relative orbits 22, 65 and 108). */
interface Datatake {
  readonly satellite: 'A' | 'B' | 'C';
  readonly orbit: 22 | 65 | 108;
  readonly day: string;
}

const S2_TIMES = { 22: '10:05:59.024Z', 65: '10:15:59.024Z', 108: '10:25:59.024Z' } as const;
const TILES = {
  west: ['32UMV', '32UMA', '32UMB', '32UMC', '32UMD', '32UME'],
  middle: ['32UNV', '32UNA', '32UNB', '32UNC', '32UND', '32UNE'],
  east: ['32UPU', '32UPV', '32UPA', '32UPB', '32UPC', '32UPD', '32UPE'],
} as const;

function s2Plans(): readonly S2Plan[] {
  const taken = (level: '1C' | '2A', { satellite, orbit, day }: Datatake, tiles: readonly string[]): S2Plan[] =>
    tiles.map((tile) => ({ kind: 's2', level, satellite, orbit, tile, start: `${day}T${S2_TIMES[orbit]}` }));
  const plans = [
    ...taken('2A', { satellite: 'B', orbit: 108, day: '2026-06-07' }, TILES.west),
    ...taken('2A', { satellite: 'B', orbit: 65, day: '2026-06-04' }, TILES.middle),
    ...taken('2A', { satellite: 'B', orbit: 65, day: '2026-06-04' }, TILES.east),
    ...taken('2A', { satellite: 'B', orbit: 22, day: '2026-06-11' }, ['33UUU']),
    ...taken('1C', { satellite: 'B', orbit: 65, day: '2026-06-04' }, ['32UPC']),
    ...taken('1C', { satellite: 'C', orbit: 65, day: '2026-05-10' }, ['32UNB', '32UNC', '32UPC']),
    ...taken('1C', { satellite: 'C', orbit: 65, day: '2026-07-19' }, ['32UNC', '32UPC']),
    ...taken('1C', { satellite: 'B', orbit: 65, day: '2026-08-13' }, ['32UNC', '32UPC']),
  ];
  // Products over the same ground follow each other: it is worked out once.
  return plans.toSorted((a, b) => (a.tile < b.tile ? 1 : a.tile > b.tile ? -1 : 0));
}

function s1Plans(): readonly S1Plan[] {
  const pass = (
    plan: Omit<S1Plan, 'kind' | 'centre' | 'start' | 'slice'>,
    first: string,
    centres: readonly Place[],
  ): S1Plan[] =>
    centres.map((centre, index) => ({
      kind: 's1',
      ...plan,
      centre,
      start: new Date(Date.parse(first) + 25_000 * index).toISOString(),
      slice: 3 + index,
    }));
  const north: readonly Place[] = [
    [10.9, 48.6],
    [10.5, 50.08],
    [10, 51.56],
  ];
  const south: readonly Place[] = [[8.5, 53.4], [8, 51.92], [7.4, 50.44]]; // prettier-ignore
  return [
    ...pass({ satellite: 'A', pass: 'ASCENDING', orbit: 117 }, '2026-06-12T17:07:40.153Z', north),
    ...pass({ satellite: 'A', pass: 'DESCENDING', orbit: 139 }, '2026-06-14T05:41:05.871Z', south),
    ...pass({ satellite: 'C', pass: 'ASCENDING', orbit: 117 }, '2026-07-12T17:07:01.402Z', north),
    ...pass({ satellite: 'A', pass: 'DESCENDING', orbit: 139 }, '2026-08-13T05:41:08.266Z', south),
  ];
}

function s3Plans(): readonly S3Plan[] {
  const days = ['2026-05-10', '2026-06-04', '2026-06-12', '2026-07-19', '2026-08-13'];
  const plan = (type: S3Plan['type'], day: string, index: number): S3Plan => {
    const minute = 22 + 7 * index;
    return {
      kind: 's3',
      type,
      satellite: index % 2 === 0 ? 'A' : 'B',
      start: `${day}T09:${minute}:12.254Z`,
      // The later it passes, the further west.
      centre: [11.8 - 0.9 * index, 50.9],
    };
  };
  return days.flatMap((day, index) => [plan('OL_1_EFR___', day, index), plan('SL_2_LST___', day, index)]);
}

function s5pPlans(): readonly S5pPlan[] {
  const days = ['2026-05-10', '2026-06-04', '2026-06-12', '2026-07-19', '2026-08-13'];
  return days.flatMap((day, index) =>
    (['NO2', 'CO'] as const).map((gas): S5pPlan => ({
      kind: 's5p',
      gas,
      start: `${day}T11:${String(31 + 6 * index)}:12.000Z`,
      centre: [12.5 - 1.5 * index, 50.9],
    })),
  );
}

/** Every product, in the order they are made: one of each sort first, then mission by mission in turn. */
export function demoPlans(): readonly DemoPlan[] {
  const all = [s2Plans(), s1Plans(), s3Plans(), s5pPlans()].flatMap((plans) =>
    plans.map((plan, index): { readonly plan: DemoPlan; readonly turn: number } => ({
      plan,
      turn: (index + 0.5) / plans.length,
    })),
  );
  const sorts = new Map<string, DemoPlan>();
  for (const { plan } of all) if (!sorts.has(sortOf(plan))) sorts.set(sortOf(plan), plan);
  const first = new Set(sorts.values());
  const rest = all.filter(({ plan }) => !first.has(plan)).toSorted((a, b) => a.turn - b.turn);
  return [...first, ...rest.map(({ plan }) => plan)];
}

function sortOf(plan: DemoPlan): string {
  if (plan.kind === 's2') return `s2 ${plan.level}`;
  if (plan.kind === 's3') return plan.type;
  return plan.kind === 's5p' ? plan.gas : 's1';
}
