import type { Role } from '../values/roles.js';
import type { Waiting } from './next-act.js';

/** Somebody who may lead on, and by what. */
export interface Option {
  /** the type of command */
  readonly act: string;
  /** MSP id of whose word counts */
  readonly organisation: string;
  /** any of these */
  readonly roles: readonly Role[];
  /** nobody else, where somebody is named */
  readonly person?: string;
}

/** The code of a therapy that is not over, and in which nothing else is found to wait: its quality looks at it. */
export const NOTHING_LEADS_ON = 'NOTHING_LEADS_ON';

/** Something that waits for somebody. */
export interface Wait {
  /**
   * `stopped`: it stands still, so that silence is passed on to deputies and management. `due`: it is next in the course of
   * the process. `ended`: the patient said no, and nobody is waited for.
   */
  readonly state: 'stopped' | 'due' | 'ended';
  readonly noun: Waiting;
  /** its short name: `item https://id.gs1.org/…`, `step calling/1` */
  readonly subject: string;
  /** why: the code of a deviation, a reason or a hold, an alarm's claim, or the step that is next */
  readonly code: string;
  /** any of these leads on */
  readonly options: readonly Option[];
  /** by effective time, RFC 3339 */
  readonly since: string;
  /** until when it should be done, RFC 3339; what has such a time is passed on to deputies once it is over */
  readonly due?: string;
  /** what of the command that leads on is known already, by its members, besides the subject */
  readonly named?: Readonly<Record<string, readonly string[]>>;
  /** who does not count here, since two people are asked for */
  readonly except?: readonly string[];
}
