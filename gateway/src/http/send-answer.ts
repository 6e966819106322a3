import type { Response } from 'express';
import type { Answer } from '../routes/answer.js';

/** What no cache may keep. */
const NEVER_CACHED = 'no-store';

/** Sends an operation's answer; caches keep nothing of it unless the answer says otherwise. */
export async function sendAnswer(response: Response, answer: Answer): Promise<void> {
  response.status(answer.status).set({ 'cache-control': NEVER_CACHED, ...answer.headers });
  if ('body' in answer) response.json(answer.body);
  else if ('text' in answer) response.type(answer.mediaType).send(answer.text);
  else if ('empty' in answer) response.end();
  else {
    response.type(answer.mediaType);
    await answer.write(response);
  }
}
