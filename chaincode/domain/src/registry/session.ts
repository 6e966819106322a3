import type { CommandSignature } from '../commands/command.js';
import type { Role } from '../values/roles.js';
import type { Signed } from '../nouns/signed.js';
import { milliseconds } from '../values/time.js';

/** The longest that a person delegates to a device, minutes. */
export const MAX_SESSION_MINUTES = 720;

/** What a person delegated to one device, until when. A device holds one; a later one takes its place. */
export interface Session {
  readonly noun: 'session';
  readonly device: string;
  /** the person whose entries the device's are */
  readonly principal: string;
  readonly organisation: string;
  /** the types of command that the device may sign */
  readonly types: readonly string[];
  readonly opened: Signed;
  /** RFC 3339, exclusive */
  readonly until: string;
  readonly closed?: Signed;
}

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
