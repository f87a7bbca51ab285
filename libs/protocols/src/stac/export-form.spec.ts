import { describe, expect, it } from '@jest/globals';
import { exportForm } from './export-form.js';

describe('the form of an export', () => {
  it.each([
    ['ndjson', undefined, 'lines'],
    ['GeoParquet', '*/*', 'parquet'],
    ['parquet', undefined, 'parquet'],
    ['geojson-all', 'text/html', 'geojson'],
    [undefined, 'application/x-ndjson', 'lines'],
    [undefined, 'application/geo+json-seq, */*;q=0.1', 'sequence'],
    [undefined, 'text/html;q=0.3,application/vnd.apache.parquet;q=0.4', 'parquet'],
    [undefined, 'application/geo+json, application/x-ndjson', undefined],
    [undefined, 'application/x-ndjson;q=0', undefined],
    [undefined, 'application/x-ndjson;q=x', undefined],
    [undefined, 'ndjson', undefined],
    [undefined, '*/*', undefined],
    [undefined, undefined, undefined],
    ['html', 'application/x-ndjson', undefined],
    ['constructor', undefined, undefined],
    [['ndjson', 'html'], undefined, undefined],
  ])('f=%j, Accept: %s', (f, accept, kind) => {
    expect(exportForm(f, accept)?.kind).toBe(kind);
  });
});
