import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Sealer } from '../../vault/sealer.js';
import type { LedgerEvent } from '../ledger-event.js';
import type { StoredHook } from './hook.js';
import type { Letter } from './post.js';

/** Standard Webhooks 1.0.0, signature scheme: between 24 and 64 bytes. */
const SECRET_BYTES = 32;

/** A secret for signing a hook's letters. */
export function makeSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** What a letter says: the event with its receipt, or that this is a test. */
export interface LetterContent {
  /** the webhook-id: the event's id, the same at every try */
  readonly id: string;
  readonly body: string;
}

export function contentOf({ id, receipt, json }: LedgerEvent): LetterContent {
  const head = JSON.stringify({ type: 'command', timestamp: receipt.transactionTime, id });
  return { id, body: `${head.slice(0, -1)},"data":${json}}` };
}

/** A letter that tells nothing but that letters arrive. */
export function testContent(hook: StoredHook, id: string): LetterContent {
  const timestamp = new Date().toISOString();
  return { id, body: JSON.stringify({ type: 'test', timestamp, id, data: { webhook: hook.id } }) };
}

/** Signs a letter by Standard Webhooks; with the old secret too while receivers change to the new one. */
export async function signedLetter(
  hook: StoredHook,
  { id, body }: LetterContent,
  sealer: Sealer,
): Promise<Letter> {
  const now = new Date();
  const { previous } = hook;
  const sealed = [hook.secret];
  if (previous !== undefined && Date.parse(previous.until) > now.getTime())
    sealed.push(previous.secret);
  const secrets = await Promise.all(sealed.map((each) => sealer.open(each)));
  return {
    url: hook.url,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'veinledger',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': secrets
        .map((secret) => new Webhook(secret).sign(id, now, body))
        .join(' '),
    },
  };
}
