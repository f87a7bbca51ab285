import { describe, expect, it } from '@jest/globals';
import { featureParameters, featuresParameters } from './features-request.js';
import { writeServiceDescription } from './service-description.js';

const get = (parameters: Record<string, unknown>) => featuresParameters.safeParse(parameters);
const subject = (parameters: Record<string, unknown>) => get(parameters).error?.issues[0]?.path[0];

describe('the parameters of items (OGC 17-069r4 §7.15)', () => {
  it('take a box in another system (OGC 18-058 §6.2.3)', () => {
    expect(get({ bbox: '5,47,15,55' }).data?.bbox).toEqual([5, 47, 15, 55]);
    const latitudeFirst = { 'bbox-crs': 'http://www.opengis.net/def/crs/EPSG/0/4326' };
    expect(get({ bbox: '47,5,0,55,15,9', ...latitudeFirst }).data?.bbox).toEqual([5, 47, 15, 55]);
    const mercator = { 'bbox-crs': 'http://www.opengis.net/def/crs/EPSG/0/3857' };
    const box = get({ bbox: '0,0,1113194.9,6446275.8', ...mercator }).data?.bbox ?? [0, 0, 0, 0];
    expect(box.map(Math.round)).toEqual([0, 0, 10, 50]);
  });

  it.each([
    [{ bbox: '1,2,3' }],
    [{ bbox: '1,2,3,x' }],
    [{ bbox: '1,2,3,4', 'bbox-crs': 'EPSG:4326' }],
    [{ crs: 'http://www.opengis.net/def/crs/0/unsupported' }],
    [{ f: 'xml' }],
    [{ cloudcover: '5' }],
    [{ limit: 'unlimited' }],
    [{ __proto__x: '1' }],
  ])('refuse %j', (parameters: Record<string, unknown>) => {
    expect(get(parameters).success).toBe(false);
  });

  it('name what is unknown', () => {
    expect(subject({ cloudcover: '5' })).toBe('cloudcover');
    expect(featureParameters.safeParse({ bbox: '1,2,3,4' }).error?.issues[0]?.path[0]).toBe('bbox');
  });

  it('know every queryable', () => {
    expect(get({ 'eo:cloud_cover': '5', platform: 'sentinel-2a', token: 'x' }).success).toBe(true);
  });

  it('are described as the standard wants them (§7.15.2-4)', () => {
    const { paths } = writeServiceDescription('https://mirror.example') as {
      paths: Record<string, { get: { parameters: readonly { name: string }[] } }>;
    };
    const parameters = paths['/collections/{collectionId}/items']?.get.parameters ?? [];
    const form = { in: 'query', required: false, style: 'form', explode: false };
    expect(parameters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'limit',
          ...form,
          schema: expect.objectContaining({ type: 'integer', minimum: 1, maximum: 1000, default: 100 }) as unknown,
        }),
        expect.objectContaining({
          name: 'bbox',
          ...form,
          schema: expect.objectContaining({
            type: 'array',
            minItems: 4,
            maxItems: 6,
            items: { type: 'number' },
          }) as unknown,
        }),
        expect.objectContaining({
          name: 'datetime',
          ...form,
          schema: expect.objectContaining({ type: 'string' }) as unknown,
        }),
        expect.objectContaining({
          name: 'eo:cloud_cover',
          ...form,
          schema: expect.objectContaining({ type: 'number' }) as unknown,
        }),
      ]),
    );
  });
});
