import { addMinutes, milliseconds } from '../values/time.js';
import { isInForceAt } from './stands.js';
import type { WeighedConsent } from './weighed.js';

/** How long before a consent ends everybody concerned is told, in days. */
export const WARNING_DAYS = 60;

/**
 * When a consent that is in force ends, where that is soon; undefined otherwise. It is computed, and written nowhere.
 * @param at RFC 3339
 */
export function endsSoonOf(consent: WeighedConsent, at: string): string | undefined {
  const { validUntil } = consent.scope;
  if (validUntil === undefined || !isInForceAt(consent, at)) return undefined;
  const soon = addMinutes(at, WARNING_DAYS * 24 * 60);
  return milliseconds(validUntil) <= milliseconds(soon) ? validUntil : undefined;
}
