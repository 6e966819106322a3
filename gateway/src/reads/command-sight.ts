import { actorsNamedIn, type CommandRecord } from '@veinledger/domain';
import { type Caller, isPatientCaller } from '../auth/caller.js';
import { LedgerError } from '@veinledger/ledger';
import { seesCommand } from './sight.js';

/** What a command is about, as far as it decides who learns of it; `shared` is what every member may know. */
export type Subject =
  { readonly kind: 'therapy' | 'person'; readonly id: string } | { readonly kind: 'shared' };

/** What the ledger answers to a caller who asks about a subject; a therapy that is shown says whose it is. */
export type Answered = 'shown' | 'withheld' | 'absent' | { readonly patient: string };

/** Asks the ledger about a subject as a caller would. */
export type AskSubject = (caller: Caller, subject: Subject) => Answered | Promise<Answered>;

type Told = Pick<
  CommandRecord,
  'type' | 'actor' | 'organisation' | 'scope' | 'decision' | 'changed' | 'reasons'
>;

/**
 * Whether a caller learns of a command: the one answer for every door by which commands are told. It takes the caller's
 * roles, and the ledger's word on each subject of the command. A patient learns of what they signed outside
 * others' therapies, what was decided about them and what belongs to their therapies; an order that left no therapy is
 * for whoever asked and for auditors.
 * @returns at once where the ledger is not asked or has answered before
 * @throws what `ask` throws; LedgerError `unavailable` where the ledger that was asked does not know yet what the command
 *   changed: who may learn of it cannot be told
 */
export function seesRecord(
  caller: Caller,
  record: Told,
  ask: AskSubject,
): boolean | Promise<boolean> {
  if (isPatientCaller(caller) && isOwn(caller, record)) return true;
  const subjects = subjectsOf(caller, record);
  if (subjects === undefined || !seesCommand(caller, record)) return false;
  const seesAllOf = ([subject, ...rest]: readonly Subject[]): boolean | Promise<boolean> => {
    if (subject === undefined) return true;
    const judge = (answered: Answered) =>
      isShown(caller, record, subject, answered) && seesAllOf(rest);
    const answered = ask(caller, subject);
    return answered instanceof Promise ? answered.then(judge) : judge(answered);
  };
  return seesAllOf(subjects);
}

/** What a patient reported of somebody else's therapy tells of that therapy, and is told as everything there is. */
function isOwn({ id }: Caller, { actor, scope }: Told): boolean {
  if (scope.kind === 'therapy') return false;
  return actor === id || (scope.kind === 'patient' && scope.id === id);
}

/** Undefined for what is no patient's affair, unless it is their own. */
function subjectsOf(caller: Caller, record: Told): readonly Subject[] | undefined {
  const { kind, id } = record.scope;
  if (kind === 'therapy') return [{ kind, id }];
  if (isPatientCaller(caller)) return undefined;
  if (kind === 'patient') return [{ kind: 'person', id }];
  const named = kind === 'consortium' ? actorsNamedIn(record) : [];
  return [{ kind: 'shared' }, ...named.map((each) => ({ kind: 'person', id: each }) as const)];
}

function isShown(caller: Caller, record: Told, subject: Subject, answered: Answered): boolean {
  if (typeof answered === 'object')
    return !isPatientCaller(caller) || answered.patient === caller.id;
  if (answered !== 'absent') return answered === 'shown';
  if (record.decision !== 'refused') throw behind(subject);
  if (isPatientCaller(caller)) return false;
  // nobody is enrolled under the id that a refused command names
  if (subject.kind === 'person' && record.scope.kind === 'consortium') return true;
  if (caller.roles.includes('auditor')) return true;
  return subject.kind === 'therapy' && caller.organisation === record.organisation;
}

/** What a command that was not refused is about is there: a peer that knows of none is behind the block of the command. */
function behind({ kind }: Subject): LedgerError {
  return new LedgerError(
    'unavailable',
    `the ledger has not reached the block that wrote the ${kind}`,
  );
}
