import { Html, html, type HtmlValue } from '../../html/html.js';
import { PAGE_STYLE } from './page-style.js';

/** One page for people. */
export interface Page {
  readonly title: string;
  /** From the landing page to the page above this one. */
  readonly trail: readonly { readonly title: string; readonly href: string }[];
  readonly body: Html;
  /** The same as JSON. */
  readonly json: string;
}

/** To the character what the policy of the page holds the hash of. */
const STYLE = new Html(`<style>${PAGE_STYLE}</style>`);

/** Writes a page around its body: no script, one style, one main heading. */
export function writeShell({ title, trail, body, json }: Page): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="alternate" type="application/json" href="${json}" />
        ${STYLE}
      </head>
      <body>
        <a class="skip" href="#main">To the content</a>
        <header>
          <nav aria-label="Where you are">
            <ol>
              ${trail.map((step) => html`<li><a href="${link(step.href)}">${step.title}</a></li>`)}
              <li aria-current="page">${title}</li>
            </ol>
          </nav>
          <a class="json" href="${json}">JSON</a>
        </header>
        <main id="main">
          <h1>${title}</h1>
          ${body}
        </main>
        <footer>Contains Copernicus Sentinel data.</footer>
      </body>
    </html>`;
  return `${page.text}\n`;
}

/** An address to follow: that of others' documents may be anything, and a `javascript:` must not run. */
export function link(href: string): string {
  return /^(https?:\/\/|\/|\?|#)/i.test(href) ? href : '#';
}

/** A table of terms and what they are; rows without a value are left out. */
export function facts(rows: readonly (readonly [term: string, value: HtmlValue])[]): Html {
  const shown = rows.filter(([, value]) => value !== undefined && value !== '' && value !== false);
  return html`<table class="facts">
    <tbody>
      ${shown.map(
        ([term, value]) =>
          html`<tr>
            <th scope="row">${term}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
