import {
  type Circle,
  type CommandRecord,
  isOwnRecord,
  MEMBERS,
  narrowest,
  type RecordSubject,
  type RecordTold,
  type Sight,
  sightOfRecord,
  subjectsOf,
} from '@veinledger/domain';
import { LedgerError } from '@veinledger/ledger';
import { type Caller, isPatientCaller } from '../auth/caller.js';

/** What the ledger answers to a caller who asks about a subject; of what is shown, whose affair it is. */
export type Answered = 'withheld' | 'absent' | Circle;

/** Asks the ledger about a subject as a caller would. */
export type AskSubject = (caller: Caller, subject: RecordSubject) => Answered | Promise<Answered>;

export type Told = RecordTold & Pick<CommandRecord, 'decision'>;

/**
 * What a caller learns of a command: the one answer for every door by which commands are told. It takes the table of who
 * learns what, and the ledger's word on each subject of the command.
 * @returns at once where the ledger is not asked or has answered before
 * @throws what `ask` throws; LedgerError `unavailable` where the ledger that was asked does not know yet what the command
 *   changed: who may learn of it cannot be told
 */
export function sightOfCommand(
  caller: Caller,
  record: Told,
  ask: AskSubject,
): Sight | Promise<Sight> {
  const own = isOwnRecord(caller, record);
  if (own && isPatientCaller(caller)) return 'whole';
  // whoever is of no member any more is told nothing, not even what they signed
  const subjects = own ? [{ kind: 'members' } as const] : subjectsOf(record);
  const judge = (subject: RecordSubject, answered: Answered): Sight => {
    const circle = circleOf(record, subject, answered);
    if (circle === undefined) return 'nothing';
    return own ? 'whole' : sightOfRecord(caller, record, circle);
  };
  const fold = (
    [subject, ...rest]: readonly RecordSubject[],
    sights: readonly Sight[],
  ): Sight | Promise<Sight> => {
    if (subject === undefined || sights.includes('nothing')) return narrowest(sights);
    const answered = ask(caller, subject);
    return answered instanceof Promise
      ? answered.then((given) => fold(rest, [...sights, judge(subject, given)]))
      : fold(rest, [...sights, judge(subject, answered)]);
  };
  return fold(subjects, []);
}

/** Whose affair a subject is; undefined where the caller is not told. */
function circleOf(record: Told, subject: RecordSubject, answered: Answered): Circle | undefined {
  if (answered === 'withheld') return undefined;
  if (answered !== 'absent') return answered;
  if (record.decision !== 'refused') throw behind(subject);
  // nobody is enrolled under the id that a refused command names
  if (subject.kind === 'person' && record.scope.kind === 'consortium') return MEMBERS;
  // a refused order leaves a record and no therapy
  return { kind: 'organisation', organisation: record.organisation };
}

/** What a command that was not refused is about is there: a peer that knows of none is behind the block of the command. */
function behind({ kind }: RecordSubject): LedgerError {
  return new LedgerError(
    'unavailable',
    `the ledger has not reached the block that wrote the ${kind}`,
  );
}
