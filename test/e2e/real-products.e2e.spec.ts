import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startAllInOne, startSeparateServices, type Mirror } from '#test/support/mirror.js';

const SAFE = resolve('../shared/fixtures/safe');
const execute = promisify(execFile);

const T18LTM = 'S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036';
const T31TDH = 'S2A_MSIL1C_20180101T105441_N0206_R051_T31TDH_20180101T124911';
const S1C = 'S1C_S4_GRDH_1SDH_20250118T171404_20250118T171421_000638_000538_4B8B';
const NO2 = 'S5P_OFFL_L2__NO2____20200303T013547_20200303T031717_12367_01_010302_20200306T053815';

interface Item {
  readonly id: string;
  readonly bbox: readonly number[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly assets: Readonly<Record<string, { readonly href: string }>>;
}

if (!existsSync(SAFE)) console.log(`skipped: ${SAFE} is not there, so no real product is taken in`);
const journey = existsSync(SAFE) ? describe : describe.skip;

/** The complete Sentinel-2 sample with its placeholders taken out, of the files and of the manifest: what is left is real and whole. */
function withoutPlaceholders(target: string): void {
  cpSync(join(SAFE, 'S2/stars-L1C', `${T18LTM}.SAFE`), target, { recursive: true });
  execFile('chmod', ['-R', 'u+w', target]);
  const manifest = readFileSync(join(target, 'manifest.safe'), 'utf8');
  const kept = manifest.replace(/<dataObject [\s\S]*?<\/dataObject>/g, (object) => {
    const path = /href="\.?\/?([^"]+)"/.exec(object)?.[1] ?? '';
    const size = Number(/size="(\d+)"/.exec(object)?.[1] ?? 0);
    const file = join(target, path);
    const whole =
      existsSync(file) &&
      statSync(file).size === size &&
      md5(readFileSync(file)) === /<checksum[^>]*>([^<]+)/.exec(object)?.[1]?.toLowerCase();
    return whole ? object : '';
  });
  rmSync(join(target, 'manifest.safe'));
  writeFileSync(join(target, 'manifest.safe'), kept);
}

const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');

journey.each([
  ['in one process on embedded stores', startAllInOne],
  ['as separate services on PostgreSQL, NATS and S3', startSeparateServices],
] as const)('real products through the whole mirror %s', (_how, start) => {
  let data: string;
  let mirror: Mirror;

  beforeAll(async () => {
    mirror = await start();
    data = await mkdtemp(join(tmpdir(), 'frombork-journey-'));
  }, 180_000);

  afterAll(async () => {
    await mirror?.stop();
    await rm(data, { recursive: true, force: true });
  }, 60_000);

  /** `frombork ingest`, as an operator runs it. */
  async function ingest(...sources: string[]): Promise<string> {
    const environment = { ...process.env, FROMBORK_URL: mirror.url, FROMBORK_OPERATOR_TOKEN: mirror.token };
    return execute('node', ['services/acquisition/frombork.mjs', 'ingest', ...sources], {
      env: environment,
      maxBuffer: 1 << 24,
    }).then(
      ({ stdout }) => stdout,
      (error: { stdout: string }) => error.stdout,
    );
  }

  const find = async (id: string): Promise<Item | undefined> =>
    ((await (await fetch(`${mirror.url}/stac/search?ids=${id}`)).json()) as { features: Item[] }).features[0];

  const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

  it('refuses the Sentinel-2 sample with placeholder bands, naming one, and shows nothing of it', async () => {
    expect(await ingest(join(SAFE, 'S2/stars-L1C', `${T18LTM}.SAFE`))).toMatch(
      /REFUSED: .*the manifest says \d+: it was cut short or changed/,
    );
    expect(await find(T18LTM)).toBeUndefined();
    expect((await fetch(`${mirror.url}/dl/sentinel-2-l1c/${T18LTM}/${T18LTM}.SAFE.zip`)).status).toBe(404);
  }, 60_000);

  it('takes in its real part, verified, with footprint, time, orbit and cloud cover as its producer says', async () => {
    const folder = join(data, `${T18LTM}.SAFE`);
    withoutPlaceholders(folder);
    expect(await ingest(folder)).toContain(`in the catalogue as sentinel-2-l1c/${T18LTM}`);
    const item = (await find(T18LTM)) as Item;
    const metadata = readFileSync(join(folder, 'MTD_MSIL1C.xml'), 'utf8');
    expect(item.properties['eo:cloud_cover']).toBeCloseTo(
      Number(/<Cloud_Coverage_Assessment>([^<]+)/.exec(metadata)?.[1]),
      3,
    );
    expect(item.properties['sat:relative_orbit']).toBe(125);
    expect(item.properties['datetime']).toMatch(/^2022-01-25T15:17:01/);
    const positions = (/<EXT_POS_LIST>([^<]+)/.exec(metadata)?.[1] ?? '').trim().split(/\s+/).map(Number);
    const longitudes = positions.filter((_value, index) => index % 2 === 1);
    expect(item.bbox[0]).toBeCloseTo(Math.min(...longitudes), 6);
    expect(item.bbox[2]).toBeCloseTo(Math.max(...longitudes), 6);
    expect(Object.keys(item.assets)).toEqual(
      expect.arrayContaining(['product', 'browse', 'quicklook', 'B01', 'B09', 'B10']),
    );
    const band = Buffer.from(await (await fetch(item.assets['B01']?.href ?? '')).arrayBuffer());
    const original =
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith('_B01.jp2')) ?? '';
    expect(band.equals(readFileSync(join(folder, original)))).toBe(true);
  }, 120_000);

  it('refuses Sentinel-1 and -3 samples whose measurements are empty or cut to their headers', async () => {
    const refused = [
      join(SAFE, 'S1/stactools/grd', `${S1C}.SAFE`),
      ...readdirSync(join(SAFE, 'S3')).map((name) => join(SAFE, 'S3', name)),
    ];
    const told = await ingest(...refused);
    for (const path of refused) expect(told).toContain(`${basename(path)}: REFUSED: ${basename(path)}/`);
  }, 120_000);

  it('takes Sentinel-5P files in and says that they hold nothing to draw', async () => {
    expect(await ingest(join(SAFE, 'S5P', `${NO2}.nc`))).toMatch(
      /in the catalogue as sentinel-5p-l2-no2\/\S+ \(without picture/,
    );
    expect(await find(NO2)).toMatchObject({
      properties: { 'sat:absolute_orbit': 12367, 'product:timeliness_category': 'OFFL' },
    });
  }, 60_000);

  it('finds a product a second time unchanged, as folder and as zip', async () => {
    const zip = join(SAFE, 'S2/eodag', `${T31TDH}.zip`);
    expect(await ingest(zip)).toContain('in the catalogue');
    expect(await ingest(zip)).toContain('already there, unchanged');
  }, 120_000);

  it('is found by OpenSearch with the file to download, drawn by WMS, and downloaded to the byte', async () => {
    const zip = join(SAFE, 'S2/eodag', `${T31TDH}.zip`);
    const query =
      'httpAccept=application/atom%2Bxml&parentIdentifier=EOP:FROMBORK:S2_MSI_L1C&startDate=2018-01-01T00:00:00.000Z&endDate=2018-01-01T23:59:59.999&bbox=1,42,3,44';
    const feed = await (await fetch(`${mirror.url}/opensearch/request/?${query}&maximumRecords=10`)).text();
    const href = /<(?:\w+:)?link[^>]*title="Download"[^>]*>/.exec(feed)?.[0].match(/href="([^"]+)"/)?.[1] ?? '';
    expect(href).toMatch(/\.zip$/);
    const answer = await fetch(href);
    expect(
      createHash('sha256')
        .update(Buffer.from(await answer.arrayBuffer()))
        .digest('hex'),
    ).toBe(sha256(zip));

    const area = 'CRS=CRS:84&BBOX=1.8,42.4,2.7,43.3&WIDTH=200&HEIGHT=200';
    const map = await fetch(
      `${mirror.url}/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&LAYERS=sentinel-2-l1c&STYLES=&${area}&FORMAT=image/png&TRANSPARENT=TRUE&TIME=2018-01-01`,
    );
    expect(map.headers.get('content-type')).toBe('image/png');
    expect(map.headers.get('x-frombork-sources')).toBe('1/1');
    expect((await map.arrayBuffer()).byteLength).toBeGreaterThan(5000);
  }, 60_000);

  it('is downloaded by curl, by wget -c after a cut, and by aria2c in four parts', async () => {
    const zip = join(SAFE, 'S2/eodag', `${T31TDH}.zip`);
    const url = (await find(T31TDH))?.assets['product']?.href ?? '';
    const target = (client: string): string => join(data, `${client}.zip`);
    await execute('curl', ['-sf', '-o', target('curl'), url]);
    const cut = spawn('wget', ['-q', '--limit-rate=400k', '-O', target('wget'), url]);
    await wait(2000);
    cut.kill('SIGKILL');
    await wait(100);
    const arrived = statSync(target('wget')).size;
    expect(arrived).toBeGreaterThan(0);
    expect(arrived).toBeLessThan(statSync(zip).size);
    await execute('wget', ['-q', '-c', '-O', target('wget'), url]);
    await execute('aria2c', ['-q', '-x4', '-s4', '-k1M', '-d', data, '-o', 'aria2c.zip', url]);
    for (const client of ['curl', 'wget', 'aria2c'])
      expect([client, sha256(target(client))]).toEqual([client, sha256(zip)]);
  }, 60_000);
});
