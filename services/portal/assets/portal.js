'use strict';
/* global L */

const FOOTPRINTS = 250;
const archive = JSON.parse(document.getElementById('archive').textContent);
const colours = new Map(archive.collections.map(({ id, colour }) => [id, colour]));
const state = document.getElementById('state');

/** An element with text and attributes; text is never parsed as HTML. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const map = L.map('map', { center: [51.2, 10.4], zoom: 5, minZoom: 2, worldCopyJump: true, attributionControl: false });
map.createPane('graticule').style.zIndex = 250;
L.control.scale({ imperial: false }).addTo(map);

map.createPane('land').style.zIndex = 150;

/** Outlines of land and countries (Natural Earth 1:110m): the base map that needs no other server. */
async function showLand() {
  const answer = await fetch('/portal/land.geojson');
  const style = { color: '#c4ccd3', weight: 0.8, fillColor: '#f3f1ea', fillOpacity: 1 };
  L.geoJSON(await answer.json(), { pane: 'land', interactive: false, style }).addTo(map);
}

const graticule = L.layerGroup().addTo(map);

/** Meridians and parallels, finer as one comes nearer. */
function drawGraticule() {
  graticule.clearLayers();
  const step = [30, 30, 30, 20, 10, 5, 5, 2, 1, 0.5][Math.min(9, map.getZoom())] ?? 0.5;
  const view = map.getBounds();
  const line = { pane: 'graticule', color: '#9db2c6', weight: 0.8, interactive: false };
  const label = (text, at) =>
    L.marker(at, {
      interactive: false,
      keyboard: false,
      icon: L.divIcon({ className: 'graticule-label', html: text, iconSize: null }),
    }).addTo(graticule);
  for (let x = Math.ceil(view.getWest() / step) * step; x <= view.getEast(); x += step) {
    L.polyline(
      [
        [-85, x],
        [85, x],
      ],
      line,
    ).addTo(graticule);
    label(`${+x.toFixed(1)}°`, [view.getSouth() + (view.getNorth() - view.getSouth()) * 0.03, x]);
  }
  for (let y = Math.max(-80, Math.ceil(view.getSouth() / step) * step); y <= Math.min(85, view.getNorth()); y += step) {
    L.polyline(
      [
        [y, view.getWest() - 90],
        [y, view.getEast() + 90],
      ],
      line,
    ).addTo(graticule);
    label(`${+y.toFixed(1)}°`, [y, view.getWest() + (view.getEast() - view.getWest()) * 0.008]);
  }
}
map.on('moveend', drawGraticule);

let imagery;

/** Our own WMS under the footprints. */
function showImagery() {
  imagery?.remove();
  imagery = undefined;
  const layers = document.getElementById('imagery').value;
  if (layers === '') return;
  const day = document.getElementById('day').value;
  const options = { layers, styles: '', format: 'image/png', transparent: true, version: '1.3.0', tileSize: 512 };
  imagery = L.tileLayer.wms('/wms', day === '' ? options : { ...options, time: day }).addTo(map);
}

/** What one sees on a click: picture, name, time, ways on. */
function popupOf({ id, collection, properties, assets }) {
  const path = `/dl/${encodeURIComponent(collection)}/${encodeURIComponent(id)}/`;
  const box = element('div', { class: 'pop' });
  if (assets?.quicklook) box.append(element('img', { src: `${path}asset/quicklook`, alt: '', loading: 'lazy' }));
  const time = (properties.datetime ?? properties.start_datetime ?? '').slice(0, 16).replace('T', ' ');
  const cloud = properties['eo:cloud_cover'];
  const facts = [time && `${time} UTC`, typeof cloud === 'number' && `${Math.round(cloud)} % cloud`];
  const item = `/stac/collections/${encodeURIComponent(collection)}/items/${encodeURIComponent(id)}`;
  box.append(
    element('b', {}, id),
    element('p', {}, facts.filter(Boolean).join(' · ')),
    element('p', {}, element('a', { href: path }, 'Download'), ' · ', element('a', { href: item }, 'Metadata')),
  );
  return box;
}

const footprints = L.geoJSON(null, {
  style: ({ collection, bbox }) => ({
    color: colours.get(collection) ?? '#555',
    weight: 1.4,
    fillOpacity: isWide(bbox) ? 0 : 0.1,
  }),
  onEachFeature: (feature, layer) => layer.bindPopup(() => popupOf(feature), { maxWidth: 300 }),
}).addTo(map);

let latest = 0;

/** The newest footprints of the collections and the day chosen. */
async function showFootprints() {
  const turn = ++latest;
  const chosen = Array.from(document.querySelectorAll('input[name=collection]:checked'), ({ value }) => value);
  footprints.clearLayers();
  if (chosen.length === 0) return say('No collection is chosen.');
  const query = new URLSearchParams({ collections: chosen.join(','), limit: String(FOOTPRINTS) });
  const day = document.getElementById('day').value;
  if (day !== '') query.set('datetime', `${day}T00:00:00Z/${day}T23:59:59Z`);
  say('Reading footprints …');
  try {
    const answer = await fetch(`/stac/search?${query}`, { headers: { Accept: 'application/geo+json' } });
    if (!answer.ok) throw new Error(`the search answered ${answer.status}`);
    const { features } = await answer.json();
    if (turn !== latest) return;
    footprints.addData({ type: 'FeatureCollection', features: features.filter(({ geometry }) => geometry) });
    say(features.length < FOOTPRINTS ? `${features.length} products` : `The newest ${FOOTPRINTS} products`);
  } catch (error) {
    if (turn === latest) say(`Footprints cannot be shown: ${error.message}`);
  }
}

function say(text) {
  state.textContent = text;
}

/** Copies a command; without the clipboard (plain http on another host) it is selected instead. */
async function copy(button) {
  const text = button.parentElement.querySelector('pre');
  try {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = 'Copied';
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  } catch {
    getSelection().selectAllChildren(text);
  }
}

for (const input of document.querySelectorAll('input[name=collection]'))
  input.addEventListener('change', showFootprints);
document.getElementById('imagery').addEventListener('change', showImagery);
document.getElementById('day').addEventListener('change', () => {
  showImagery();
  void showFootprints();
});
for (const button of document.querySelectorAll('.command button')) button.addEventListener('click', () => copy(button));
for (const swatch of document.querySelectorAll('[data-colour]')) swatch.style.background = swatch.dataset.colour;

if (archive.bbox) {
  const [west, south, east, north] = archive.bbox;
  map.fitBounds(
    [
      [south, west],
      [north, east < west ? east + 360 : east],
    ],
    { maxZoom: 8, padding: [20, 20] },
  );
}
drawGraticule();
void showLand();
showImagery();
void showFootprints();

/** Footprints of whole swaths would hide the map under their fill. */
function isWide(bbox) {
  return bbox === undefined || bbox[2] < bbox[0] || bbox[2] - bbox[0] > 12;
}
