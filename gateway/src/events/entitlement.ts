import { type Therapy, VeinledgerError } from '@veinledger/chaincode/domain';
import { type Caller, isPatientCaller } from '../auth/caller.js';
import { LedgerError } from '../ledger/port.js';
import { readContractMessage } from '../problems/contract-message.js';
import type { CallerReader } from '../reads/caller-reader.js';
import type { LedgerEvent } from './ledger-event.js';

/** More answers of the ledger than this are not kept. */
const KEPT = 20_000;

/** What the ledger answers to a group of callers about a therapy or a patient. */
type Answered = 'shown' | 'withheld' | 'absent' | { readonly patient: string };

/**
 * Decides who sees an event, by what the ledger shows the caller: a therapy's events its parties, auditors and its
 * patient; a patient's own decisions the patient, their hospital and auditors; what members share every member.
 */
export class EventEntitlement {
  readonly #reader: Pick<CallerReader, 'read' | 'therapy'>;
  /** by scope, then by group of callers */
  readonly #answers = new Map<string, Map<string, Answered | Promise<Answered>>>();

  constructor(reader: Pick<CallerReader, 'read' | 'therapy'>) {
    this.#reader = reader;
  }

  /** Forgets what the event changed. */
  invalidate({ receipt }: LedgerEvent): void {
    for (const name of receipt.changed) {
      const [noun = '', id = ''] = name.split(' ');
      if (noun === 'therapy') this.#answers.delete(`therapy ${id}`);
      if (noun === 'actor') this.#answers.delete(`patient ${id}`);
    }
  }

  /**
   * Whether the caller may see the event; at once where the ledger need not be asked.
   * @throws LedgerError when the ledger cannot say
   */
  sees(caller: Caller, event: LedgerEvent): boolean | Promise<boolean> {
    const { scope, actor } = event.receipt;
    const patient = isPatientCaller(caller);
    if (patient && (actor === caller.id || (scope.kind === 'patient' && scope.id === caller.id))) {
      return true;
    }
    if (scope.kind !== 'therapy' && (patient || scope.kind !== 'patient')) return !patient;
    const answered = this.#answer(caller, scope.kind, scope.id);
    if (answered instanceof Promise) return answered.then((each) => isShown(each, caller));
    return isShown(answered, caller);
  }

  #answer(caller: Caller, kind: 'therapy' | 'patient', id: string): Answered | Promise<Answered> {
    const scope = `${kind} ${id}`;
    const group = groupOf(caller);
    const known = this.#answers.get(scope) ?? this.#keep(scope);
    const answer = known.get(group);
    if (answer !== undefined) return answer;
    const asked = this.#ask(caller, kind, id);
    known.set(group, asked);
    asked.then(
      // a therapy that is not there may come
      (given) => (given === 'absent' ? known.delete(group) : known.set(group, given)),
      () => known.delete(group),
    );
    return asked;
  }

  #keep(scope: string): Map<string, Answered | Promise<Answered>> {
    const [oldest] = this.#answers.keys();
    if (this.#answers.size >= KEPT && oldest !== undefined) this.#answers.delete(oldest);
    const made = new Map<string, Answered | Promise<Answered>>();
    this.#answers.set(scope, made);
    return made;
  }

  async #ask(caller: Caller, kind: 'therapy' | 'patient', id: string): Promise<Answered> {
    try {
      if (kind === 'patient') {
        await this.#reader.read(caller, 'consent:List', id);
        return 'shown';
      }
      if (!isPatientCaller(caller)) {
        await this.#reader.therapy(caller, id);
        return 'shown';
      }
      // read once for all patients: whose it is decides which of them sees it
      const { patient } = (await this.#reader.read(caller, 'therapy:Read', id)) as Therapy;
      return { patient };
    } catch (error) {
      const code = codeOf(error);
      if (code === 'NOT_ENTITLED') return 'withheld';
      if (code === 'UNKNOWN_COI') return 'absent';
      throw error;
    }
  }
}

/** Callers to whom the ledger answers alike. */
function groupOf(caller: Caller): string {
  if (isPatientCaller(caller)) return 'patients';
  return `${caller.organisation} ${[...caller.roles].sort().join()}`;
}

/** Every member reads a refused order that left no therapy, as by its command's id. */
function isShown(answered: Answered, caller: Caller): boolean {
  if (typeof answered === 'object') return answered.patient === caller.id;
  return answered === 'shown' || (answered === 'absent' && !isPatientCaller(caller));
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof VeinledgerError) return error.code;
  if (!(error instanceof LedgerError) || error.kind !== 'contract') return undefined;
  return readContractMessage(error.message)?.code;
}
