import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { demoNames } from './demo/generate-demo.js';
import { demoConfig, startDemo } from './demo.js';

const names = demoNames();
let data: string;
let told: string[];
const tell = (_: object, message: string): void => void told.push(message);
const log = { debug: tell, info: tell, warn: tell, error: tell };

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'demo-'));
  told = [];
});
afterEach(() => rmSync(data, { recursive: true }));

const record = () => (JSON.parse(readFileSync(join(data, 'demo-archive.json'), 'utf8')) as { made: string[] }).made;
const dropped = (folder = join(data, 'drop')) => readdirSync(folder);

describe('startDemo', () => {
  it('makes what the record lacks, puts it into the drop folder and records it; then no more', async () => {
    const [first, second, ...others] = names;
    writeFileSync(join(data, 'demo-archive.json'), JSON.stringify({ made: others }));
    mkdirSync(join(data, 'drop', `.demo-${first}`), { recursive: true });
    const settings = { FROMBORK_DEMO: '1', FROMBORK_DATA: data } as const;
    await startDemo(settings, log);
    expect(new Set(dropped())).toEqual(new Set([first, second]));
    expect(record()).toEqual([...others, first, second]);
    expect(told.at(-1)).toBe('the demo archive is made');
    rmSync(join(data, 'drop'), { recursive: true });
    await startDemo(settings, log);
    expect(readdirSync(data)).toEqual(['demo-archive.json']);
  }, 30_000);

  it('uses the drop folder acquisition is told to use', async () => {
    const folder = join(data, 'elsewhere');
    writeFileSync(join(data, 'demo-archive.json'), JSON.stringify({ made: names.slice(0, -1) }));
    await startDemo({ FROMBORK_DEMO: '1', FROMBORK_DATA: data, ACQUISITION_DROP_FOLDER: folder }, log);
    expect(dropped(folder)).toEqual([names.at(-1)]);
  }, 30_000);

  it('says what hinders it and lets the rest of the mirror run', async () => {
    writeFileSync(join(data, 'drop'), 'a file, not a folder');
    await startDemo({ FROMBORK_DEMO: '1', FROMBORK_DATA: data }, log);
    expect(told.at(-1)).toContain('could not be made');
  });

  it('does nothing where it is switched off', async () => {
    await startDemo({ FROMBORK_DEMO: '0', FROMBORK_DATA: data }, log);
    expect(readdirSync(data)).toEqual([]);
    expect(told).toEqual([]);
  });

  it('is on unless it is switched off', () => {
    expect(demoConfig.parse({})).toEqual({ FROMBORK_DEMO: '1' });
    expect(() => demoConfig.parse({ FROMBORK_DEMO: 'yes' })).toThrow();
  });
});
