import type { Bodies, Type } from './bodies.js';

/** What the ledger answered: a receipt, or an error that wrote nothing. */
export interface Answer {
  readonly outcome: 'permitted' | 'refused' | 'recorded' | 'error';
  /** whether a fact took effect, as the ledger says */
  readonly effect?: 'taken' | 'none';
  /** of reasons for a refusal, or the error's */
  readonly codes: readonly string[];
  readonly deviations: readonly { readonly id: string; readonly code: string }[];
  /** what would have been permitted, where a refusal says so */
  readonly expected?: readonly string[];
  /** the names of what was written, as the receipt says */
  readonly changed?: readonly string[];
  readonly command?: string;
}

/** One command as it was handed in, and the answer. */
export interface Said<T extends string = string> {
  /** its place in the history, from 0 */
  readonly index: number;
  readonly type: T;
  readonly body: T extends Type ? Bodies[T] : unknown;
  readonly actor: string;
  readonly organisation: string;
  readonly roles: readonly string[];
  /** when it happened as its signer says, milliseconds */
  readonly at: number;
  /** the transaction's time, milliseconds */
  readonly time: number;
  readonly lateReason?: string;
  /** contents by name */
  readonly annexes: Readonly<Record<string, unknown>>;
  /** digests by name, base64url */
  readonly digests: Readonly<Record<string, string>>;
  readonly answer: Answer;
  /** said on a copy of the ledger, whose answer teaches and changes nothing */
  readonly aside?: true;
}

/** Where a clock starts with a fact: the earlier of its `at` and its transaction's time. */
export function effectiveTime({ at, time }: Pick<Said, 'at' | 'time'>): number {
  return Math.min(at, time);
}

/** From here on a fact is late. */
const LATE_MS = 15 * 60_000;

export function isLate({ at, time }: Pick<Said, 'at' | 'time'>): boolean {
  return time - at > LATE_MS;
}

/** What is held against a clock: a fact's transaction time, but of a late one that says why, when it happened. */
export function heldTime(said: Said): number {
  return isLate(said) && said.lateReason !== undefined ? effectiveTime(said) : said.time;
}

export function isOf<T extends Type>(said: Said, type: T): said is Said<T> {
  return said.type === type;
}
