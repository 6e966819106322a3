import type { RecordSubject } from '@veinledger/domain';
import { type Caller, isPatientCaller } from '../auth/caller.js';
import { isOthersAnswer } from '../reads/bedside-answer.js';
import { type Answered, sightOfCommand } from '../reads/command-sight.js';
import type { CallerReader } from '../reads/caller-reader.js';
import { type LedgerEvent, toldEvent } from './ledger-event.js';

/** Answers about more subjects than this are not kept. */
const KEPT = 20_000;

type AnsweredOrAsked = Answered | Promise<Answered>;

/**
 * Decides who hears of an event, as reading decides who is shown a command. What the ledger answered is remembered, for
 * all to whom it answers alike, until an event changes it.
 */
export class EventEntitlement {
  readonly #reader: Pick<CallerReader, 'ask'>;
  /** by subject, then by group of callers */
  readonly #answers = new Map<string, Map<string, AnsweredOrAsked>>();

  constructor(reader: Pick<CallerReader, 'ask'>) {
    this.#reader = reader;
  }

  /** Forgets what the event changed; where a member was changed, everything. */
  invalidate({ receipt }: LedgerEvent): void {
    for (const name of receipt.changed) {
      const [noun = '', id = ''] = name.split(' ');
      if (noun === 'organisation') this.#answers.clear();
      if (noun === 'therapy') this.#answers.delete(nameOf({ kind: 'therapy', id }));
      if (noun === 'actor') this.#answers.delete(nameOf({ kind: 'person', id }));
    }
  }

  /**
   * The event as the caller is told of it; undefined where they are told nothing. At once where the ledger need not be asked.
   * Of another's answer at the bedside nobody hears who may give the second: it stands in the therapy's trace once both have
   * answered (A6).
   * @throws LedgerError when the ledger cannot say; ProblemError 503 where this gateway does not speak for the caller
   */
  told(
    caller: Caller,
    event: LedgerEvent,
  ): LedgerEvent | undefined | Promise<LedgerEvent | undefined> {
    if (isOthersAnswer(caller, event.receipt)) return undefined;
    const ask = (by: Caller, subject: RecordSubject) => this.#answer(by, subject);
    const sight = sightOfCommand(caller, event.receipt, ask);
    return sight instanceof Promise
      ? sight.then((given) => toldEvent(event, given))
      : toldEvent(event, sight);
  }

  #answer(caller: Caller, subject: RecordSubject): AnsweredOrAsked {
    const name = nameOf(subject);
    const group = groupOf(caller);
    const known = this.#answers.get(name) ?? this.#keep(name);
    const answer = known.get(group);
    if (answer !== undefined) return answer;
    const asked = this.#reader.ask(caller, subject);
    known.set(group, asked);
    asked.then(
      (given) => (isLasting(given) ? known.set(group, given) : known.delete(group)),
      () => known.delete(group),
    );
    return asked;
  }

  #keep(name: string): Map<string, AnsweredOrAsked> {
    const [oldest] = this.#answers.keys();
    if (this.#answers.size >= KEPT && oldest !== undefined) this.#answers.delete(oldest);
    const made = new Map<string, AnsweredOrAsked>();
    this.#answers.set(name, made);
    return made;
  }
}

/** What is not there may come, and emergency access ends by time alone, without an event. */
function isLasting(answer: Answered): boolean {
  if (answer === 'absent') return false;
  return answer === 'withheld' || answer.kind !== 'therapy' || !answer.admitted?.length;
}

function nameOf(subject: RecordSubject): string {
  return JSON.stringify(subject.kind === 'members' ? [subject.kind] : [subject.kind, subject.id]);
}

/** Callers to whom the ledger answers alike. */
function groupOf(caller: Caller): string {
  if (isPatientCaller(caller)) return 'patients';
  return JSON.stringify([caller.organisation, [...caller.roles].sort()]);
}
