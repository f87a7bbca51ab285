// What a person does with STAC Browser: looks at the catalogue, a collection, an item, goes by date, searches by time, area and cloud cover, turns the page.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const COLLECTION = 'sentinel-2-l2a';
const TITLE = 'Sentinel-2 MSI L2A Surface reflectance';
const SPAN = ['2026-06-01', '2026-06-08'];
const BOX = { 'west longitude': 8, 'south latitude': 48, 'east longitude': 9, 'north latitude': 50 };
const CLOUDS = 60;
const PAGE_SIZE = 3;
const PATIENCE_MS = 30_000;

/** Walks through; what was seen step by step, and what was wrong, if anything. */
export async function walkThrough({ source, pictures, site, stac }) {
  const { chromium } = createRequire(join(source, 'package.json'))('playwright-core');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 1600 }, locale: 'en-US' })).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const { origin } = new URL(stac);
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(`a script of the page threw ${error}`));
  page.on('response', (answer) => {
    if (answer.url().startsWith(origin) && answer.status() >= 400) wrong.push(`${answer.status()} ${answer.url()}`);
  });
  const person = {
    page,
    site,
    stac,
    picture: (name) => page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true }),
  };
  const steps = [];
  let failure;
  try {
    for (const step of [seeCatalogue, seeCollection, seeItem, goByDate, searchItems, filterByClouds]) {
      steps.push(await step(person));
      if (wrong.length > 0) throw new Error(wrong.join('; '));
    }
  } catch (error) {
    failure = `${error.message}${wrong.length > 0 ? ` (${wrong.join('; ')})` : ''}`;
    await person.picture('failure');
  }
  const version = browser.version();
  await browser.close();
  return { steps, failure, chromium: version };
}

async function seeCatalogue({ page, site, stac, picture }) {
  const { collections } = await json(`${stac}/collections`);
  await page.goto(`${site}/`);
  await page.locator('.catalogs > header').getByText(String(collections.length), { exact: true }).waitFor();
  for (const { title } of collections) await page.getByRole('link', { name: title, exact: true }).first().waitFor();
  await picture('1-catalogue');
  return `the landing page with the titles of all ${collections.length} collections`;
}

async function seeCollection({ page, stac, picture }) {
  const { numberMatched, features } = await json(`${stac}/collections/${COLLECTION}/items?limit=100`);
  await page.getByRole('link', { name: TITLE, exact: true }).click();
  await page.locator('.items > header').getByText(String(numberMatched), { exact: true }).waitFor();
  await page.getByRole('link', { name: features[0].id }).first().waitFor();
  const drawn = await thumbnails(page, 3);
  await picture('2-collection');
  return `a collection: its extent, its ${numberMatched} items and their quick-looks (${drawn} looked at)`;
}

async function seeItem({ page, stac, picture }) {
  const { features } = await json(`${stac}/collections/${COLLECTION}/items?limit=1`);
  const [item] = features;
  const cog = page.waitForResponse((answer) => answer.url().endsWith('/asset/browse') && answer.status() === 206);
  await page.getByRole('link', { name: item.id }).first().click();
  await page.getByRole('heading', { name: item.id }).waitFor();
  await cog;
  await page.getByText(`${item.properties['eo:cloud_cover']} %`).first().waitFor();
  await page.waitForTimeout(3000);
  await picture('3-item');
  return `an item: its properties, its ${Object.keys(item.assets).length} assets, and its Cloud-Optimized GeoTIFF drawn on the map by byte ranges`;
}

async function goByDate({ page, site, stac, picture }) {
  const { features } = await json(`${stac}/collections/${COLLECTION}/items?limit=100`);
  const [{ properties }] = features;
  const day = properties.start_datetime.slice(0, 10);
  const names = features.filter((item) => item.properties.start_datetime.startsWith(day)).map(({ id }) => id);
  await page.goto(`${site}/stac/collections/${COLLECTION}`);
  await page.getByRole('link', { name: `${TITLE} by date` }).click();
  for (const span of [day.slice(0, 4), day.slice(0, 7), day])
    await page.getByRole('link', { name: `${TITLE}, ${span}`, exact: true }).click();
  for (const name of names) await page.getByRole('link', { name }).first().waitFor();
  await picture('4-by-date');
  return `by date, from the collection to ${day}: ${names.length} item${names.length === 1 ? '' : 's'} of that day`;
}

async function searchItems({ page, site, stac, picture }) {
  const panel = await openSearch(page, site);
  const dates = panel.getByPlaceholder(/select date range/i);
  await dates.fill(SPAN.join(' - '));
  await dates.press('Enter');
  await page.keyboard.press('Escape');
  await panel.getByRole('checkbox', { name: /filter by spatial extent/i }).check();
  for (const [label, value] of Object.entries(BOX)) await panel.getByLabel(new RegExp(label, 'i')).fill(String(value));
  await panel.getByLabel(/north latitude/i).blur();
  await panel.getByLabel(/items per page/i).fill(String(PAGE_SIZE));
  const first = await submit(page, () => panel.getByRole('button', { name: /submit/i }).click());
  if (!first.asked.datetime?.startsWith(SPAN[0]) || first.asked.bbox?.length !== 4)
    throw new Error(`it asked ${JSON.stringify(first.asked)}`);
  await showsItems(page, first.found);
  await thumbnails(page, 1);
  await picture('5-search');
  const second = await submit(page, () => page.getByRole('button', { name: /next/i }).first().click());
  await showsItems(page, second.found);
  const { datetime, bbox } = first.asked;
  const { features } = await json(`${stac}/search?limit=100&datetime=${encodeURIComponent(datetime)}&bbox=${bbox}`);
  const seen = [...first.found, ...second.found].map(({ id }) => id);
  const expected = features.slice(0, 2 * PAGE_SIZE).map(({ id }) => id);
  if (seen.join() !== expected.join()) throw new Error(`two pages have ${seen.join()}, not ${expected.join()}`);
  return `a search by time and area: ${features.length} items, of which it shows two pages of ${PAGE_SIZE}, each item once`;
}

async function filterByClouds({ page, site, stac, picture }) {
  const panel = await openSearch(page, site);
  await panel.getByRole('button', { name: 'Add filter' }).click();
  await panel.getByRole('menuitem', { name: /eo:cloud_cover/ }).click();
  const row = panel.locator('.queryable-row');
  await row.getByRole('button', { name: /toggle dropdown/i }).click();
  await row.getByText('less than', { exact: true }).click();
  await row.locator('input.value').fill(String(CLOUDS));
  const { asked, found } = await submit(page, () => panel.getByRole('button', { name: /submit/i }).click());
  const { numberMatched } = await json(
    `${stac}/search?limit=1&filter=${encodeURIComponent(`eo:cloud_cover < ${CLOUDS}`)}`,
  );
  await page.locator('.items > header').getByText(String(numberMatched), { exact: true }).waitFor();
  const cloudy = found.filter(({ properties }) => !(properties['eo:cloud_cover'] < CLOUDS));
  if (cloudy.length > 0) throw new Error(`${JSON.stringify(asked.filter)} gave ${cloudy.map(({ id }) => id)}`);
  await showsItems(page, found.slice(0, 3));
  await picture('6-filter');
  return `a CQL2 filter made of the queryables, cloud cover below ${CLOUDS} %: ${numberMatched} items`;
}

async function openSearch(page, site) {
  await page.goto(`${site}/search`);
  await page.getByRole('tab', { name: /search for items/i }).click();
  const panel = page.getByRole('tabpanel').filter({ visible: true }).first();
  await panel.getByRole('button', { name: 'Add filter' }).waitFor();
  return panel;
}

/** What the page asked the API by POST and what came. */
async function submit(page, act) {
  const waiting = page.waitForResponse(
    (answer) => answer.url().endsWith('/stac/search') && answer.request().method() === 'POST',
  );
  await act();
  const answer = await waiting;
  return { asked: answer.request().postDataJSON(), found: (await answer.json()).features };
}

async function showsItems(page, items) {
  if (items.length === 0) throw new Error('nothing was found');
  for (const { id, properties } of items)
    await page
      .getByRole('link', { name: properties.title ?? id })
      .first()
      .waitFor();
}

/** Waits until so many pictures of cards are drawn. */
async function thumbnails(page, count) {
  const isDrawn = (least) =>
    [...document.querySelectorAll('.card img')].filter((image) => image.complete && image.naturalWidth > 0).length >=
    least;
  await page.waitForFunction(isDrawn, count);
  return count;
}

async function json(url) {
  return (await fetch(url)).json();
}
