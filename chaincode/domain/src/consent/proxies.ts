import type { Proxy } from '../nouns/proxy.js';
import type { Reason } from '../nouns/reason.js';
import { milliseconds } from '../values/time.js';

/**
 * Whether somebody may speak in the patient's place now.
 * @param at RFC 3339
 */
export function speaksAt({ validUntil, ended }: Proxy, at: string): boolean {
  if (ended) return false;
  return validUntil === undefined || milliseconds(at) < milliseconds(validUntil);
}

/**
 * Why somebody does not speak in the patient's place: nobody enrolled them, or their authority has ended.
 * @param at RFC 3339
 */
export function reasonsOfProxy(
  proxy: Proxy | undefined,
  named: string,
  at: string,
): readonly Reason[] {
  const subject = `proxy ${named}`;
  if (!proxy) return [{ code: 'UNKNOWN_PROXY', subject }];
  if (speaksAt(proxy, at)) return [];
  const { ended, validUntil } = proxy;
  const found = ended ? `ended: ${ended.reason}` : `valid until ${validUntil}`;
  return [{ code: 'PROXY_ENDED', subject, expected: `a proxy at ${at}`, found }];
}
