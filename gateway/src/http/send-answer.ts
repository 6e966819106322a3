import type { Response } from 'express';
import type { Answer } from '../routes/answer.js';
import type { Lifecycle } from './lifecycle.js';

/** What no cache may keep. */
const NEVER_CACHED = 'no-store';
const EVENTS = 'text/event-stream';

/** Sends an operation's answer; caches keep nothing of it unless the answer says otherwise. */
export async function sendAnswer(
  response: Response,
  answer: Answer,
  lifecycle: Pick<Lifecycle, 'stream'>,
): Promise<void> {
  response.status(answer.status).set({ 'cache-control': NEVER_CACHED, ...answer.headers });
  if ('body' in answer) response.json(answer.body);
  else if ('text' in answer) response.type(answer.mediaType).send(answer.text);
  else if ('empty' in answer) response.end();
  else {
    response.type(answer.mediaType);
    if (answer.mediaType.startsWith(EVENTS)) lifecycle.stream(response);
    await answer.write(response);
  }
}
