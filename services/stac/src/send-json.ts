import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { sendDocument } from '#platform/send-document.js';
import { wantsHtml } from '#protocols/html/wants-html.js';
import { PAGE_STYLE } from '#protocols/stac/pages/page-style.js';
import { withAlternate, writePage } from '#protocols/stac/pages/write-page.js';
import { MEDIA_TYPES } from '#protocols/stac/stac-link.js';

/** The two sides of one HTTP exchange. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Policy of the pages: no script at all, the one style they have, pictures from where the assets are. */
const PAGE_POLICY =
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'; ` +
  "img-src 'self' data: http: https:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Answers with JSON of a media type of its own, or with the same as a page where a GET wants HTML; `revision` is that of the one thing it describes. */
export function sendJson(
  value: object,
  mediaType: string,
  { request, reply }: Exchange,
  revision?: string,
): Promise<void> {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const { f } = request.query as { readonly f?: unknown };
  if (isRead && wantsHtml(f, request.headers.accept)) {
    void reply.header('Content-Security-Policy', PAGE_POLICY).header('Referrer-Policy', 'same-origin');
    const page = { body: writePage(value, request.originalUrl), mediaType: MEDIA_TYPES.html };
    return sendDocument(page, request, reply);
  }
  const text = JSON.stringify(isRead ? withAlternate(value, request.originalUrl) : value);
  return sendDocument({ ...stamped(value, text), mediaType, revision }, request, reply);
}

/** When a page of items was made (OGC 17-069r4 §7.15.8); who has the same page made earlier is told so all the same. */
function stamped(value: object, text: string): { readonly body: string; readonly version?: string } {
  if (!('features' in value)) return { body: text };
  return { body: `{"timeStamp":"${new Date().toISOString()}",${text.slice(1)}`, version: text };
}
