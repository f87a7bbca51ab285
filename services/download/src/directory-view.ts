import { Html, html } from '#protocols/html/html.js';

/** One line of a directory view; `href` is a path on this host, folders end in a slash. */
export interface DirectoryEntry {
  readonly name: string;
  readonly href: string;
  readonly size?: number;
  readonly mediaType?: string;
  readonly modified?: Date;
  /** Lower-case hex. */
  readonly sha256?: string;
}

/** A directory: where it is, where its parent is, what lies in it, and how it goes on. */
export interface Directory {
  readonly title: string;
  readonly parent?: string;
  readonly entries: readonly DirectoryEntry[];
  readonly next?: string;
}

/** Policy of the page: its own style only, no script. */
export const DIRECTORY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

const STYLE =
  new Html(`body{font:15px/1.6 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1c2733}
h1{font-size:1.2rem;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}
td,th{padding:.25rem .8rem .25rem 0;text-align:left;border-bottom:1px solid #e3e8ee;overflow-wrap:anywhere}
td:nth-child(2),td:nth-child(3),th:nth-child(2),th:nth-child(3){white-space:nowrap;text-align:right;color:#5a6a7a}
a{color:#0b5cad;text-decoration:none}a:hover{text-decoration:underline}`);

/** The page people and `wget -r` read: one plain link per line. */
export function writeDirectoryPage(directory: Directory): string {
  const { title, parent, entries, next } = directory;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        <table>
          <tr>
            <th>Name</th>
            <th>Bytes</th>
            <th>Modified</th>
          </tr>
          ${
            parent !== undefined &&
            html`<tr>
              <td><a href="${parent}">../</a></td>
              <td></td>
              <td></td>
            </tr>`
          }
          ${entries.map(rowOf)}
        </table>
        ${next !== undefined && html`<p><a href="${next}">more</a></p>`}
      </body>
    </html>`;
  return `${page.text}\n`;
}

function rowOf(entry: DirectoryEntry): Html {
  const modified = entry.modified?.toISOString().slice(0, 19).replace('T', ' ');
  return html`<tr>
    <td><a href="${entry.href}">${entry.name}</a></td>
    <td>${entry.size}</td>
    <td>${modified}</td>
  </tr> `;
}

/** The same as JSON. */
export function writeDirectoryJson(directory: Directory, origin: string): Record<string, unknown> {
  const { title, parent, entries, next } = directory;
  return {
    title,
    ...(parent === undefined ? {} : { parent: origin + parent }),
    entries: entries.map((entry) => ({ ...entry, href: origin + entry.href })),
    ...(next === undefined ? {} : { next: origin + next }),
  };
}
