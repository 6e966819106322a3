import {
  type Actor,
  type CommandRecord,
  type Entity,
  type EntityOf,
  type Next,
  type Outlook,
  type Therapy,
  VeinledgerError,
} from '@veinledger/domain';
import { type Caller, isPatientCaller } from '../auth/caller.js';
import type { SubmitterWallet } from '../identities/wallet.js';
import type { Ledger } from '@veinledger/ledger';
import { contractCodeOf } from '../problems/contract-code.js';
import { isOthersAnswer } from './bedside-answer.js';
import { type Answered, seesRecord, type Subject } from './command-sight.js';
import { seenOutlook } from './outlook-sight.js';
import { mayAsk, seesAll, seesCommand, seesThing } from './sight.js';

interface Trace {
  readonly therapy: Therapy;
  readonly things: readonly Entity[];
  readonly records: readonly CommandRecord[];
}

/** A page of what was enrolled or registered, as the contracts answer it. */
export interface EntityPage<T extends Entity> {
  readonly entities: readonly T[];
  readonly bookmark: string;
}

/** Readings whose first argument is a chain of identity, and whose answers do not name the patient. */
const INSIDE_THERAPY = ['custody:ReadItem', 'care:ReadDose', 'therapy:ReadNext', 'audit:ReadOutlook'];
/** Readings whose first argument is a person. */
const ABOUT_PERSON = [
  'consent:List',
  'audit:PageSignedBy',
  'registry:ListFormerKeys',
  'registry:ReadSession',
];

/** Reads the ledger for callers: through an identity of their own organisation, and what is theirs to see. */
export class CallerReader {
  readonly #ledger: Pick<Ledger, 'evaluate'>;
  readonly #wallet: SubmitterWallet;

  constructor(ledger: Pick<Ledger, 'evaluate'>, wallet: SubmitterWallet) {
    this.#ledger = ledger;
    this.#wallet = wallet;
  }

  /**
   * What a contract's reading transaction answers, without what the caller's roles do not see.
   * @throws VeinledgerError NOT_ENTITLED for what is not the caller's to see
   * @throws LedgerError, with the contract's code where it refuses
   */
  async read(caller: Caller, transaction: string, ...args: readonly string[]): Promise<object> {
    if (!mayAsk(caller, transaction)) {
      throw notEntitled("not for the caller's roles", 'authorization');
    }
    const [first = ''] = args;
    if (ABOUT_PERSON.includes(transaction)) requireOwn(caller, first, 'person');
    if (transaction === 'audit:PageSignedBy' && !seesAll(caller) && caller.id !== first) {
      throw notEntitled("what others signed is not for the caller's roles", 'actor');
    }
    if (INSIDE_THERAPY.includes(transaction) && isPatientCaller(caller)) {
      await this.therapy(caller, first);
    }
    const answer = await this.#evaluate(caller, transaction, args);
    if (transaction === 'audit:ReadCommand' && !(await this.#sees(caller, answer))) {
      throw notEntitled("not for the caller's roles", 'id');
    }
    return seenBy(caller, transaction, answer);
  }

  /**
   * What the ledger answers to the caller about a subject: {@link seesRecord} decides by it who learns of a command.
   * @throws LedgerError when the ledger cannot answer; ProblemError 503 where this gateway does not speak for the caller
   */
  async ask(caller: Caller, subject: Subject): Promise<Answered> {
    try {
      switch (subject.kind) {
        case 'therapy': {
          const answer = await this.#evaluate(caller, 'therapy:Read', [subject.id]);
          return { patient: (answer as Therapy).patient };
        }
        case 'person':
          await this.read(caller, 'registry:ReadActor', subject.id);
          return 'shown';
        default:
          await this.requireMember(caller);
          return 'shown';
      }
    } catch (error) {
      const code = contractCodeOf(error);
      if (code === 'NOT_ENTITLED' || code === 'UNKNOWN_ORGANISATION') return 'withheld';
      if (code === 'UNKNOWN_COI' || code === 'NOT_FOUND') return 'absent';
      throw error;
    }
  }

  /**
   * Refuses callers whose organisation is no member, or has left: for what this gateway knows without asking the ledger.
   * @throws LedgerError with UNKNOWN_ORGANISATION; ProblemError 503 where this gateway does not speak for the caller
   */
  async requireMember(caller: Caller): Promise<void> {
    await this.#evaluate(caller, 'registry:ReadRoot', []);
  }

  async #sees(caller: Caller, answer: object): Promise<boolean> {
    const record = answer as CommandRecord;
    const sees = await seesRecord(caller, record, (by, subject) => this.ask(by, subject));
    if (!sees || !isOthersAnswer(caller, record)) return sees;
    const trace = await this.#evaluate(caller, 'audit:TraceTherapy', [record.scope.id]);
    return (trace as Trace).records.some(({ commandId }) => commandId === record.commandId);
  }

  async #evaluate(caller: Caller, transaction: string, args: readonly string[]): Promise<object> {
    const submitter = this.#wallet.forReading(caller);
    const text = await this.#ledger.evaluate({ function: transaction, args, submitter });
    return JSON.parse(text) as object;
  }

  /**
   * The therapy, when the caller's organisation is a party or audits it, or the caller is its patient.
   * @throws VeinledgerError NOT_ENTITLED for another patient; LedgerError for what the contract refuses
   */
  async therapy(caller: Caller, coi: string): Promise<Therapy> {
    return (await this.read(caller, 'therapy:Read', coi)) as EntityOf<'therapy'>;
  }
}

function seenBy(caller: Caller, transaction: string, answer: object): object {
  switch (transaction) {
    case 'therapy:Read':
      requireOwn(caller, (answer as Therapy).patient, 'coi');
      return answer;
    case 'audit:TraceTherapy':
    case 'audit:PageTherapy':
      return narrowed(caller, answer as Trace);
    case 'therapy:ReadNext':
      return nextSeenBy(caller, answer as Next);
    case 'audit:ReadOutlook':
      return seenOutlook(caller, answer as Outlook);
    case 'registry:ReadActor':
      if (knowsActor(caller, answer as Actor)) return answer;
      throw notEntitled('a patient is known to their own hospital and auditors only', 'actor');
    case 'registry:PageActors':
      return known(caller, answer as EntityPage<Actor>);
    default:
      return answer;
  }
}

/** The trace, or a page of it, without what the caller does not see. */
function narrowed(caller: Caller, trace: Trace): Trace {
  const { therapy, things, records } = trace;
  requireOwn(caller, therapy.patient, 'coi');
  return {
    ...trace,
    things: things.filter((thing) => seesThing(caller, thing)),
    records: records.filter((record) => seesCommand(caller, record)),
  };
}

/** What waits, as far as it waits with things that the caller sees. */
function nextSeenBy(caller: Caller, next: Next): Next {
  return { ...next, acts: next.acts.filter((act) => seesThing(caller, act)) };
}

/** A page of actors without the patients that the caller does not know. */
function known(caller: Caller, page: EntityPage<Actor>): EntityPage<Actor> {
  return { ...page, entities: page.entities.filter((actor) => knowsActor(caller, actor)) };
}

/** Who is a patient is known to the patient, to auditors, and to those at the patient's hospital who treat. */
function knowsActor(caller: Caller, { id, organisation, roles }: Actor): boolean {
  if (!roles.includes('patient') || caller.id === id || caller.roles.includes('auditor')) {
    return true;
  }
  return caller.organisation === organisation && seesAll(caller) && !isPatientCaller(caller);
}

/** A caller who may not see what it asked for. */
export function notEntitled(explanation: string, field: string): VeinledgerError {
  return new VeinledgerError('NOT_ENTITLED', explanation, { field });
}

/**
 * Refuses a patient who asks about somebody else.
 * @throws VeinledgerError NOT_ENTITLED
 */
export function requireOwn(caller: Caller, person: string, field: string): void {
  if (!isPatientCaller(caller) || caller.id === person) return;
  throw notEntitled('a patient sees what is their own only', field);
}
