import {
  type Actor,
  type Circle,
  circleOfActor,
  circleOfTherapy,
  type CommandRecord,
  type Entity,
  learnsOf,
  MEMBERS,
  type Next,
  nextToldTo,
  type Noun,
  type Outlook,
  outlookToldTo,
  type Reading,
  READINGS,
  type RecordSubject,
  type Seen,
  type SignaturePointer,
  sightOfNoun,
  sightOfRecordIn,
  tell,
  type Therapy,
  VeinledgerError,
} from '@veinledger/domain';
import type { Ledger } from '@veinledger/ledger';
import { type Caller, isPatientCaller } from '../auth/caller.js';
import type { SubmitterWallet } from '../identities/wallet.js';
import { contractCodeOf } from '../problems/contract-code.js';
import { isOthersAnswer } from './bedside-answer.js';
import { type Answered, sightOfCommand } from './command-sight.js';

interface Trace {
  readonly therapy: Seen<Therapy>;
  readonly things: readonly Seen<Entity>[];
  readonly records: readonly Seen<CommandRecord>[];
}

interface SignedPage {
  readonly signatures: readonly SignaturePointer[];
  readonly bookmark: string;
}

/** A page of what was enrolled or registered, as the contracts answer it. */
export interface EntityPage<T extends Entity> {
  readonly entities: readonly T[];
  readonly bookmark: string;
}

/** Reads the ledger for callers: through an identity of their own organisation, and what is theirs to learn (H1). */
export class CallerReader {
  readonly #ledger: Pick<Ledger, 'evaluate'>;
  readonly #wallet: SubmitterWallet;

  constructor(ledger: Pick<Ledger, 'evaluate'>, wallet: SubmitterWallet) {
    this.#ledger = ledger;
    this.#wallet = wallet;
  }

  /**
   * What a contract's reading transaction answers, as the caller is told of it.
   * @throws VeinledgerError NOT_ENTITLED for what is not the caller's to learn
   * @throws LedgerError, with the contract's code where it refuses
   */
  async read(caller: Caller, transaction: string, ...args: readonly string[]): Promise<object> {
    const reading = READINGS.get(transaction);
    const own = transaction === 'audit:PageSignedBy' && args[0] === caller.id;
    if (reading === undefined || !(own || learnsOf(caller, reading.noun))) {
      throw notEntitled("not for the caller's roles", 'authorization');
    }
    const { noun } = reading;
    const circle = own ? undefined : await this.#circleAsked(caller, reading, args);
    if (circle !== undefined) requireTold(caller, noun, circle);
    const answer = await this.#evaluate(caller, transaction, args);
    if (transaction === 'audit:ReadCommand') return this.#record(caller, answer as CommandRecord);
    if (transaction === 'audit:PageSignedBy') {
      return own ? answer : this.#signatures(caller, answer as SignedPage);
    }
    return seenBy(caller, { transaction, noun, circle }, answer);
  }

  /**
   * Whose affair something is that the caller asks about, as the ledger answers the caller: {@link sightOfCommand} decides
   * by it who learns of a command.
   * @throws LedgerError when the ledger cannot answer; ProblemError 503 where this gateway does not speak for the caller
   */
  async ask(caller: Caller, subject: RecordSubject): Promise<Answered> {
    try {
      switch (subject.kind) {
        case 'therapy':
          return circleNow((await this.#evaluate(caller, 'therapy:Read', [subject.id])) as Therapy);
        case 'person':
          return circleOfActor(
            (await this.#evaluate(caller, 'registry:ReadActor', [subject.id])) as Actor,
          );
        case 'members':
          await this.requireMember(caller);
          return MEMBERS;
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

  /**
   * The therapy, when the caller's organisation is a party or audits it, or the caller is its patient.
   * @throws VeinledgerError NOT_ENTITLED for another patient; LedgerError for what the contract refuses
   */
  async therapy(caller: Caller, coi: string): Promise<Therapy> {
    return (await this.read(caller, 'therapy:Read', coi)) as Therapy;
  }

  /**
   * Whether the caller may have the signed text of a command that is told to them whole: it names what its signer typed,
   * which may be another therapy's.
   * @throws LedgerError when the ledger cannot answer
   */
  async mayReadSigned(caller: Caller, jws: string): Promise<boolean> {
    const answer = await this.#evaluate(caller, 'audit:MayReadSigned', [jws]);
    return 'told' in answer && answer.told === true;
  }

  async #record(caller: Caller, record: CommandRecord): Promise<object> {
    const sight = await sightOfCommand(caller, record, (by, subject) => this.ask(by, subject));
    const told = tell(record, sight);
    if (told === undefined || !(await this.#isAnswered(caller, record))) {
      throw notEntitled("not for the caller's roles", 'id');
    }
    return told;
  }

  /** Of another's answer at the bedside who may give the second learns once both have answered: the trace has it then (A6). */
  async #isAnswered(caller: Caller, record: CommandRecord): Promise<boolean> {
    if (!isOthersAnswer(caller, record)) return true;
    const trace = await this.#evaluate(caller, 'audit:TraceTherapy', [record.scope.id]);
    return (trace as Trace).records.some(({ commandId }) => commandId === record.commandId);
  }

  /** Of what a colleague signed, that which belongs to therapies that the caller learns of. */
  async #signatures(caller: Caller, page: SignedPage): Promise<SignedPage> {
    const signatures: SignaturePointer[] = [];
    for (const pointer of page.signatures) {
      const { kind, id } = pointer.scope;
      const circle = kind === 'therapy' ? await this.ask(caller, { kind, id }) : MEMBERS;
      if (circle === 'absent') signatures.push(pointer);
      else if (circle !== 'withheld' && sightOfNoun(caller, 'signature', circle) !== 'nothing')
        signatures.push(pointer);
    }
    return { ...page, signatures };
  }

  /** Whose affair it is that a reading asks about; undefined where its answer says so. */
  async #circleAsked(
    caller: Caller,
    { of }: Reading,
    [first = '']: readonly string[],
  ): Promise<Circle | undefined> {
    switch (of) {
      case 'answer':
        return undefined;
      case 'members':
        return MEMBERS;
      case 'therapy':
        return circleNow(await this.therapy(caller, first));
      case 'person':
      case 'organisation': {
        requireOwn(caller, first, 'person');
        const actor = (await this.#evaluate(caller, 'registry:ReadActor', [first])) as Actor;
        const circle = circleOfActor(actor);
        const { organisation } = actor;
        return of === 'person' || circle.kind === 'patient'
          ? circle
          : { kind: 'organisation', organisation };
      }
    }
  }

  async #evaluate(caller: Caller, transaction: string, args: readonly string[]): Promise<object> {
    const submitter = this.#wallet.forReading(caller);
    const text = await this.#ledger.evaluate({ function: transaction, args, submitter });
    return JSON.parse(text) as object;
  }
}

interface Asked {
  readonly transaction: string;
  readonly noun: Noun;
  readonly circle: Circle | undefined;
}

function seenBy(caller: Caller, { transaction, noun, circle }: Asked, answer: object): object {
  switch (transaction) {
    case 'therapy:Read':
      return told(caller, 'therapy', circleNow(answer as Therapy), answer);
    case 'audit:TraceTherapy':
    case 'audit:PageTherapy':
      return narrowed(caller, answer as Trace);
    case 'therapy:ReadNext':
      return circle ? nextToldTo(caller, circle, answer as Next) : answer;
    case 'audit:ReadOutlook':
      return circle ? outlookToldTo(caller, circle, answer as Outlook) : answer;
    case 'registry:ReadActor':
      return told(caller, 'actor', circleOfActor(answer as Actor), answer);
    case 'registry:PageActors':
      return known(caller, answer as EntityPage<Actor>);
    default:
      return circle === undefined ? answer : told(caller, noun, circle, answer);
  }
}

function told(caller: Caller, noun: Noun, circle: Circle, answer: object): object {
  requireTold(caller, noun, circle);
  return tell(answer, sightOfNoun(caller, noun, circle)) ?? answer;
}

/** The trace, or a page of it, as the caller is told of it. */
function narrowed(caller: Caller, trace: Trace): Trace {
  const { therapy, things, records } = trace;
  const circle = circleNow(therapy);
  requireTold(caller, 'therapy', circle);
  return {
    ...trace,
    therapy: told(caller, 'therapy', circle, therapy) as Therapy,
    things: things.flatMap((thing) => tell(thing, sightOfNoun(caller, thing.noun, circle)) ?? []),
    records: records.flatMap(
      (record) => tell(record, sightOfRecordIn(caller, record, [circle])) ?? [],
    ),
  };
}

/** Whose affair a therapy is now: emergency access ends by time alone. */
export function circleNow(therapy: Parameters<typeof circleOfTherapy>[0]): Circle {
  return circleOfTherapy(therapy, new Date().toISOString());
}

/** A page of actors without the patients that the caller does not know. */
function known(caller: Caller, page: EntityPage<Actor>): EntityPage<Actor> {
  const isTold = (actor: Actor) => sightOfNoun(caller, 'actor', circleOfActor(actor)) !== 'nothing';
  return { ...page, entities: page.entities.filter(isTold) };
}

/** @throws VeinledgerError NOT_ENTITLED */
function requireTold(caller: Caller, noun: Noun, circle: Circle): void {
  if (sightOfNoun(caller, noun, circle) !== 'nothing') return;
  if (isPatientCaller(caller)) throw notEntitled('a patient sees what is their own only', noun);
  throw notEntitled(
    circle.kind === 'patient'
      ? 'a patient is known to their own hospital and auditors only'
      : "not for the caller's roles",
    noun,
  );
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
