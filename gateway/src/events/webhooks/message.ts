import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Sealer } from '../../vault/sealer.js';
import type { LedgerEvent } from '../ledger-event.js';
import type { StoredHook } from './hook.js';
import type { WebhookMessage } from './post-message.js';

/** Standard Webhooks 1.0.0, signature scheme: between 24 and 64 bytes. */
const SECRET_BYTES = 32;

/** A secret for signing a hook's messages. */
export function makeSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** What a message says: the event with its receipt, or that this is a test. */
export interface MessageContent {
  /** the webhook-id: the event's id, the same at every try */
  readonly id: string;
  readonly body: string;
}

export function contentOf({ id, receipt, json }: LedgerEvent): MessageContent {
  const head = JSON.stringify({ type: 'command', timestamp: receipt.transactionTime, id });
  return { id, body: `${head.slice(0, -1)},"data":${json}}` };
}

/** A message that tells nothing but that messages arrive. */
export function testContent(hook: StoredHook, id: string): MessageContent {
  const timestamp = new Date().toISOString();
  return { id, body: JSON.stringify({ type: 'test', timestamp, id, data: { webhook: hook.id } }) };
}

/** Signs a message by Standard Webhooks; with the old secret too while receivers change to the new one. */
export async function signedMessage(
  hook: StoredHook,
  { id, body }: MessageContent,
  sealer: Sealer,
): Promise<WebhookMessage> {
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
