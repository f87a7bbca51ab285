import { entityTag } from '#platform/entity-tag.js';
import { prefersMinimal } from '#protocols/http/preference.js';
import { sendJson, type Exchange } from '../send-json.js';

/** An item or collection as it is after it was written. */
export interface Written {
  readonly document: object;
  readonly mediaType: string;
  readonly href: string;
  readonly revision: string | undefined;
}

/** Answers a writer with where the thing is, its tag, and what it is now: left out after a change where the client prefers so (204). */
export async function sendWritten(
  { document, mediaType, href, revision }: Written,
  { request, reply }: Exchange,
): Promise<void> {
  void reply.header('Location', href).header('Access-Control-Expose-Headers', 'ETag, Location, Preference-Applied');
  if (request.method === 'POST' || !prefersMinimal(request.headers['prefer'])) {
    await sendJson(document, mediaType, { request, reply }, revision);
    return;
  }
  const tag = entityTag(JSON.stringify(document), revision);
  await reply.status(204).header('ETag', tag).header('Preference-Applied', 'return=minimal').send();
}
