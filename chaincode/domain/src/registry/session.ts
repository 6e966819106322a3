import type { CommandSignature } from '../commands/command.js';
import type { Role } from '../values/roles.js';
import type { Signed } from '../nouns/signed.js';
import { milliseconds } from '../values/time.js';
import type { Session } from '../nouns/session.js';

/** The longest that a person delegates to a device, minutes. */
export const MAX_SESSION_MINUTES = 720;

/** Whether the device may sign under it. */
export function isOpen(session: Session, at: string): boolean {
  return session.closed === undefined && milliseconds(at) < milliseconds(session.until);
}

/** What a session's types are judged by. */
export interface DelegableType {
  readonly type: string;
  readonly signature: CommandSignature;
  readonly roles: readonly Role[];
}
