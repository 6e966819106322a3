import { milliseconds } from '../values/time.js';
import type { Session } from '../nouns/session.js';

/** The longest that a person delegates to a device, minutes. */
export const MAX_SESSION_MINUTES = 720;

/** Whether the device may sign under it. */
export function isOpen(session: Session, at: string): boolean {
  return session.closed === undefined && milliseconds(at) < milliseconds(session.until);
}
