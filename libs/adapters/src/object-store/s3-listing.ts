import type { ObjectInfo } from '#domain/ports/object-store.js';
import { isObjectKey } from './object-key.js';

/** One answer of ListObjectsV2. */
export interface S3ListPage {
  readonly objects: readonly ObjectInfo[];
  /** The last key of the page, ours or not, to go on after; undefined where the page was the last. */
  readonly goOnAfter: string | undefined;
}

/** A multipart upload begun and not ended. */
export interface S3Upload {
  readonly key: string;
  readonly uploadId: string;
  readonly initiated: Date;
}

/** One answer of ListMultipartUploads; `goOnAfter` holds the query parameters of the next, undefined where the page was the last. */
export interface S3UploadPage {
  readonly uploads: readonly S3Upload[];
  readonly goOnAfter: Record<string, string> | undefined;
}

const CONTENTS = /<Contents>(.*?)<\/Contents>/gs;
const UPLOAD = /<Upload>(.*?)<\/Upload>/gs;

/**
 * Reads ListObjectsV2's answer. The client's own reader turns keys such as `007` into numbers. Keys that are not ours to name are passed over,
 * which is why no XML entity needs decoding but in the etag's quotes.
 */
export function parseS3ListPage(xml: string): S3ListPage {
  const contents = [...xml.matchAll(CONTENTS)].map(([, content = '']) => content);
  const last = contents.at(-1);
  return {
    objects: contents.filter((content) => isObjectKey(field(content, 'Key'))).map(parseContent),
    goOnAfter: field(xml, 'IsTruncated') === 'true' && last !== undefined ? field(last, 'Key') : undefined,
  };
}

/** Reads ListMultipartUploads' answer; the client's own reader needs a delimiter, which Swift then groups everything by. */
export function parseS3UploadPage(xml: string): S3UploadPage {
  const uploads = [...xml.matchAll(UPLOAD)].map(([, upload = '']) => ({
    key: field(upload, 'Key'),
    uploadId: field(upload, 'UploadId'),
    initiated: new Date(field(upload, 'Initiated')),
  }));
  const next = { 'key-marker': field(xml, 'NextKeyMarker'), 'upload-id-marker': field(xml, 'NextUploadIdMarker') };
  return {
    uploads: uploads.filter(({ key }) => isObjectKey(key)),
    goOnAfter: field(xml, 'IsTruncated') === 'true' && uploads.length > 0 ? next : undefined,
  };
}

function parseContent(content: string): ObjectInfo {
  return {
    key: field(content, 'Key'),
    size: Number(field(content, 'Size')),
    etag: field(content, 'ETag').replaceAll(/&quot;|&#34;|"/g, ''),
    modified: new Date(field(content, 'LastModified')),
  };
}

function field(xml: string, name: string): string {
  return new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1] ?? '';
}
