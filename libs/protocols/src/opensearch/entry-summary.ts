import { html, type Html } from '../html/html.js';
import { propertyText, serialIdentifier, type ProductEntry } from './product-entry.js';

/** The summary people and harvesters of CODE-DE's feed read: the quick-look and a table of labelled values. */
export function writeSummary(entry: ProductEntry): string {
  const rows = rowsOf(entry).flatMap(([label, value]) => (value === undefined ? [] : [row(label, value)]));
  const picture =
    entry.quicklookHref !== undefined &&
    html`<td valign="top"><img align="left" border="0" hspace="8" width="66" src="${entry.quicklookHref}" /></td>`;
  return html`<table>
    <tr>
      ${picture}
      <td valign="top">
        <table>
          ${rows}
        </table>
      </td>
    </tr>
  </table>`.text;
}

function row(label: string, value: string): Html {
  return html`<tr valign="top">
    <td><b>${label}</b></td>
    <td>${value}</td>
  </tr>`;
}

function rowsOf({ product }: ProductEntry): readonly (readonly [label: string, value: string | undefined])[] {
  const value = (name: string): string | undefined => propertyText(product, name);
  return [
    ['Platform Short Name', value('constellation')?.replace(/^s/, 'S')],
    ['Platform Serial Identifier', serialIdentifier(value('platform'))],
    ['Instrument Short Name', value('instrument')?.toUpperCase()],
    ['Sensor Type', value('sensorType')],
    ['Sensor Operational Mode', value('instrumentMode')],
    ['Swath Identifier', value('swath')],
    ['Sensor Resolution', value('resolution')],
    ['Product Type', value('productType')],
    ['Polarisation Channels', value('polarisations')],
    ['Orbit Number', value('absoluteOrbit')],
    ['Orbit Direction', value('orbitDirection')?.toUpperCase()],
    ['Cloud Coverage', value('cloudCover')],
    ['Start Date', product.acquiredFrom.toISOString()],
    ['End Date', product.acquiredTo.toISOString()],
    ['Availability', product.online],
    ['Download Size', product.content === undefined ? undefined : `${product.content.size} bytes`],
  ];
}
