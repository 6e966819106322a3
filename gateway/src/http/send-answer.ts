import type { Response } from 'express';
import type { Answer } from '../operation/answer.js';
import { entityTag, isKnown } from './caching.js';
import { compress, takesCompressed } from './compression.js';
import type { Lifecycle } from '../health/lifecycle.js';

const EVENTS = 'text/event-stream';

/** How an answer is sent. */
export interface Sending {
  /** what ends streams of events when the gateway closes */
  readonly lifecycle: Pick<Lifecycle, 'stream'>;
  /** whether callers who keep the answer may ask whether it is still the same */
  readonly keep: boolean;
  /** whether it may be compressed */
  readonly compressible: boolean;
}

/** Sends an operation's answer, or 304 where the caller has it already. */
export async function sendAnswer(
  response: Response,
  answer: Answer,
  { lifecycle, keep, compressible }: Sending,
): Promise<void> {
  const tag = keep ? entityTag(answer) : undefined;
  response.status(answer.status).set({ ...answer.headers });
  const encoded = compressible && takesCompressed(response.req);
  if (compressible) response.vary('Accept-Encoding');
  // other bytes of the same answer: a strong tag would be of both (RFC 9110, section 8.8.3)
  if (tag !== undefined) response.set('etag', encoded ? `W/${tag}` : tag);
  if (encoded) compress(response);
  if (tag !== undefined && isKnown(tag, response.req.get('if-none-match'))) {
    response.status(304).end();
  } else if ('body' in answer && encoded && response.req.method === 'HEAD') {
    // how long it would be is known once it is compressed
    response.type(answer.mediaType ?? 'application/json').end();
  } else if ('body' in answer) {
    response.type(answer.mediaType ?? 'application/json').json(answer.body);
  } else if ('text' in answer) {
    response.type(answer.mediaType).send(answer.text);
  } else if ('empty' in answer) {
    response.end();
  } else if (response.req.method === 'HEAD') {
    response.type(answer.mediaType).end();
  } else {
    response.type(answer.mediaType);
    if (answer.mediaType.startsWith(EVENTS)) lifecycle.stream(response);
    await answer.write(response);
  }
}
