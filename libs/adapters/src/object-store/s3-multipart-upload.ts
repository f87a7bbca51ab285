import type { Client } from 'minio';

const PARTS_IN_FLIGHT = 2;

/** Where an upload goes, and how each of its requests is sent (repeated where that helps, aborted by the signal, errors mapped). */
export interface MultipartTarget {
  readonly client: Client;
  readonly bucket: string;
  readonly key: string;
  readonly headers: Record<string, string>;
  send<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/**
 * Uploads parts, two on the wire at a time, and puts them together; returns the etag. On failure nothing of the upload stays.
 * The client's own streaming upload is not used: it continues another put's unfinished upload of the same key, mixing the two.
 */
export async function uploadParts(
  target: MultipartTarget,
  parts: AsyncIterable<Buffer>,
  signal?: AbortSignal,
): Promise<string> {
  const { client, bucket, key } = target;
  const uploadId = await target.send(() => client.initiateNewMultipartUpload(bucket, key, target.headers), signal);
  try {
    const etags = await sendParts(target, { uploadId, parts }, signal);
    const done = await target.send(() => client.completeMultipartUpload(bucket, key, uploadId, etags), signal);
    return done.etag;
  } catch (error) {
    // Where this fails too (the server is gone) the sweep removes the upload a day later.
    await target.send(() => client.abortMultipartUpload(bucket, key, uploadId)).catch(() => undefined);
    throw error;
  }
}

interface SentPart {
  readonly part: number;
  readonly etag: string;
}

async function sendParts(
  target: MultipartTarget,
  upload: { readonly uploadId: string; readonly parts: AsyncIterable<Buffer> },
  signal?: AbortSignal,
): Promise<SentPart[]> {
  const failed = new AbortController();
  const either = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
  const inFlight: Promise<void>[] = [];
  const sent: SentPart[] = [];
  let number = 0;
  try {
    for await (const bytes of upload.parts) {
      const part = ++number;
      const request = sendPart(target, { uploadId: upload.uploadId, part, bytes }, either).then((etag) => {
        sent.push({ part, etag });
      });
      request.catch(() => undefined);
      inFlight.push(request);
      if (inFlight.length >= PARTS_IN_FLIGHT) await inFlight.shift();
    }
    await Promise.all(inFlight);
  } catch (error) {
    failed.abort(error);
    // A part arriving after the abort of the upload would be kept, and paid for.
    await Promise.allSettled(inFlight);
    throw error;
  }
  return sent.sort((a, b) => a.part - b.part);
}

async function sendPart(
  target: MultipartTarget,
  { uploadId, part, bytes }: { readonly uploadId: string; readonly part: number; readonly bytes: Buffer },
  signal: AbortSignal,
): Promise<string> {
  const config = {
    bucketName: target.bucket,
    objectName: target.key,
    uploadID: uploadId,
    partNumber: part,
    headers: { 'Content-Length': bytes.length },
  };
  const { etag } = await target.send(() => target.client.uploadPart(config, bytes), signal);
  return etag;
}
