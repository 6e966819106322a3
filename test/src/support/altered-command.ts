import type { SignedMessage } from '#scripts';
import { base64urlToBytes, bytesToBase64url, canonicalise, utf8 } from '@veinledger/domain';

/** A command whose payload somebody changed after it was signed. */
export function withPayload(
  message: SignedMessage,
  changes: Readonly<Record<string, unknown>>,
): SignedMessage {
  const jws = JSON.parse(message.jws) as { payload: string };
  const text = new TextDecoder().decode(base64urlToBytes(jws.payload, 'payload'));
  const payload = { ...(JSON.parse(text) as Record<string, unknown>), ...changes };
  jws.payload = bytesToBase64url(utf8(canonicalise(payload)));
  return { ...message, jws: canonicalise(jws) };
}
