import type { Annexes, ResultsContent } from './annex.js';
import type { AnnullableType, Command, DelegableType } from './command.js';
import type { Scope } from '../nouns/scope.js';
import type { BlockableEntity, Entity } from '../nouns/registry.js';
import { beginningOf } from '../nouns/beginning.js';
import { refOf } from '../nouns/reference.js';
import type { DeviationCode } from '../values/deviation-codes.js';
import type { Classification, EffectOfFact } from '../values/words.js';
import type { Claim } from '../nouns/alarm.js';
import type { Deviation } from '../nouns/deviation.js';
import type { Reason, Verdict } from '../nouns/reason.js';
import type { Actor } from '../nouns/actor.js';
import type { ConsortiumRoot } from '../nouns/consortium-root.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import type { Blocker } from '../nouns/blockable.js';
import { block, nameOf } from '../nouns/subject.js';
import type { Verifier } from '../signing/verifier.js';
import { isBefore } from '../values/time.js';

/** Results as the endorsers saw them, or the verdicts they gave where the annex is not at hand. */
export type Results =
  | { readonly from: 'annex'; readonly content: ResultsContent }
  | { readonly from: 'endorsement'; readonly verdicts: readonly Verdict[] };

/** What a decision may know besides the state it asked for. */
export interface Context {
  /** the transaction's time, RFC 3339: the only time that rules read */
  readonly transactionTime: string;
  readonly transactionId: string;
  readonly actor: Actor;
  /** the person who answers for it: the actor, or the one behind a device's open session */
  readonly principal: string;
  /** keyed digest of the natural person behind the principal; registrars and patients have none */
  readonly person?: string | undefined;
  readonly root: ConsortiumRoot;
  readonly verifier: Verifier;
  /** the type of command of that name, or undefined */
  readonly typeNamed: (name: string) => (DelegableType & AnnullableType) | undefined;
  /** whether the command came more than 15 minutes after what it reports */
  readonly late: boolean;
  readonly scope: Scope;
  readonly results?: Results;
  /** the command's annexes, opened; a replay without a vault has none */
  readonly annexes?: Annexes;
}

/** When something is asked, and for which organisation: what gates that look at things need of a context. */
export interface Asking {
  readonly transactionTime: string;
  readonly actor: Pick<Actor, 'organisation'>;
}

/** The answer to a permission. */
export type PermissionDecision =
  | { readonly decision: 'permitted'; readonly changes: readonly Entity[] }
  | { readonly decision: 'refused'; readonly reasons: readonly Reason[] };

/** The record of a fact: what it changed, what deviated, never a refusal. */
export interface FactDecision {
  readonly decision: 'recorded';
  readonly effect: EffectOfFact;
  /** what it says of things in which its reporter has no standing */
  readonly claims: readonly Claim[];
  readonly verdicts: readonly Verdict[];
  /** those of the command's own scope; what they are about elsewhere is among the changes only */
  readonly deviations: readonly Deviation[];
  readonly changes: readonly Entity[];
}

export type Decision = PermissionDecision | FactDecision;

/** What becomes of a word without standing: it is recorded, claims something, and moves nothing. */
export function withoutEffect(claim: Claim): FactDecision {
  const nothing = { verdicts: [], deviations: [], changes: [] };
  return { decision: 'recorded', effect: 'none', claims: [claim], ...nothing };
}

/** The record of a fact that says again, by the same person and in the same words, what the ledger holds already. */
export function saidAgain(): FactDecision {
  return {
    decision: 'recorded',
    effect: 'none',
    claims: [],
    verdicts: [],
    deviations: [],
    changes: [],
  };
}

/** Permits when there is no reason against it. */
export function permitUnless(
  reasons: readonly Reason[],
  changes: () => readonly Entity[],
): PermissionDecision {
  return reasons.length > 0
    ? { decision: 'refused', reasons }
    : { decision: 'permitted', changes: changes() };
}

/**
 * What a deviation says: its code, how grave it is, and what was found where something else was expected. What is of
 * another therapy it does not name.
 */
export interface Finding {
  readonly code: DeviationCode;
  readonly classification: Classification;
  /** of a condition: when it may have begun, RFC 3339; absent where nobody knows */
  readonly since?: string;
  readonly expected?: string;
  readonly found?: string;
}

const BEFORE = 'BEFORE_ITS_SUBJECT';

/** What stands of a deviation where its command does not belong. */
const ELSEWHERE = { found: 'reported under another therapy' } as const;

/**
 * Gathers what one fact changes and what deviated. A deviation quarantines each of its subjects: it stands as a
 * blocker in their own records, and under its id in each therapy that one of them belongs to, with that therapy's alone.
 * A thing of another therapy is neither changed nor stopped, unless the reporter's organisation holds it on record as it
 * was before the fact: that this therapy's fact names it is a claim about it (B3).
 */
export class Recording {
  readonly #command: Command<unknown>;
  readonly #context: Context;
  readonly #others: Entity[] = [];
  readonly #blockables = new Map<string, BlockableEntity>();
  readonly #blockers = new Map<string, Blocker[]>();
  readonly #deviations: Deviation[] = [];
  readonly #beyond = new Map<string, Claim | undefined>();
  readonly #elsewhere: Deviation[] = [];
  readonly #about = new Map<string, BlockableEntity>();
  #verdicts: readonly Verdict[] = [];

  constructor(command: Command<unknown>, context: Context) {
    this.#command = command;
    this.#context = context;
  }

  /** When the fact happened, by its effective time: RFC 3339. */
  get since(): string {
    return effectiveOf(signedBy(this.#command, this.#context));
  }

  /** Writes an entity; a later one under the same name replaces it. */
  put(...entities: readonly Entity[]): this {
    for (const entity of entities) {
      if (!('blockers' in entity)) this.#others.push(entity);
      else if (this.reaches(entity)) this.#blockables.set(keyOf(entity), entity);
    }
    return this;
  }

  /**
   * Names what the fact is about, whether it changes anything of it or not. Nothing happens to a thing before it is there
   * (F1), and that the fact is late is told of it (F2).
   * @param since from when on the fact can have happened, RFC 3339
   */
  about(thing: BlockableEntity, since = beginningOf(thing)): this {
    const { at } = this.#command;
    this.#about.set(keyOf(thing), thing);
    const known = this.#blockers.get(keyOf(thing))?.some(({ code }) => code === BEFORE);
    if (since === undefined || !isBefore(at, since) || known === true) return this;
    const expected = `at or after ${since}`;
    return this.deviate({ code: BEFORE, classification: 'major', expected, found: at }, thing);
  }

  /** Opens a deviation on its subjects. */
  deviate(finding: Finding, ...named: readonly BlockableEntity[]): this {
    const subjects = named.filter((each) => this.reaches(each));
    const id = `D${this.#deviations.length + 1}.${this.#command.id}`;
    const { code, classification, since, ...particulars } = finding;
    const opened = signedBy(this.#command, this.#context);
    const of = { noun: 'deviation', id, code, classification, opened } as const;
    const { scope } = this.#context;
    this.#deviations.push({
      ...of,
      ...particulars,
      scope,
      subjects: concerned(subjects, scope.id),
    });
    const others = new Set(subjects.map(({ coi }) => coi).filter((coi) => coi !== scope.id));
    for (const coi of others) {
      const there = { kind: 'therapy', id: coi } as const;
      const theirs = concerned(subjects, coi);
      this.#elsewhere.push({ ...of, ...ELSEWHERE, scope: there, subjects: theirs });
    }
    const blocker = {
      kind: 'deviation',
      id,
      code,
      ...(since === undefined ? {} : { since }),
    } as const;
    for (const subject of subjects) this.stop(subject, blocker);
    return this;
  }

  /** Places a blocker in a thing's record. */
  stop(subject: BlockableEntity, blocker: Blocker): this {
    if (!this.reaches(subject)) return this;
    const key = keyOf(subject);
    if (!this.#blockables.has(key)) this.#blockables.set(key, subject);
    this.#blockers.set(key, [...(this.#blockers.get(key) ?? []), blocker]);
    return this;
  }

  judge(verdicts: readonly Verdict[]): this {
    this.#verdicts = verdicts;
    return this;
  }

  /**
   * The decision; a late entry deviates, and stops everything that the fact touched or was about unless it says why it is
   * late.
   */
  done(): FactDecision {
    if (this.#context.late) {
      const { lateReason } = this.#command;
      const late = { code: 'LATE_ENTRY', classification: 'minor' } as const;
      const things = new Map([...this.#about, ...this.#blockables]);
      if (lateReason === undefined) this.deviate(late, ...things.values());
      else this.deviate({ ...late, found: lateReason });
    }
    const touched = [...this.#blockables].map(([key, entity]) =>
      (this.#blockers.get(key) ?? []).reduce<BlockableEntity>(block, entity),
    );
    return {
      decision: 'recorded',
      effect: 'taken',
      claims: [...this.#beyond.values()].filter((claim) => claim !== undefined),
      verdicts: this.#verdicts,
      deviations: this.#deviations,
      changes: [...touched, ...this.#others, ...this.#deviations, ...this.#elsewhere],
    };
  }

  /** Whether the fact may change a thing or stop it; asked of the thing as it was before, since a fact may move it. */
  reaches(thing: BlockableEntity): boolean {
    const key = keyOf(thing);
    if (!this.#beyond.has(key)) this.#beyond.set(key, claimBeyond(thing, this.#context));
    return this.#beyond.get(key) === undefined;
  }
}

/** What a fact of one therapy says of another's thing, when it has no say in it: that it is not what it is taken for. */
function claimBeyond(thing: BlockableEntity, { scope, actor }: Context): Claim | undefined {
  if (scope.kind !== 'therapy' || thing.coi === scope.id) return undefined;
  if (thing.noun === 'item' && thing.holder.organisation === actor.organisation) return undefined;
  return { subject: refOf(thing), claim: 'identity' };
}

function concerned(subjects: readonly BlockableEntity[], coi: string): Deviation['subjects'] {
  return subjects.filter((each) => each.coi === coi).map((each) => ({ ref: refOf(each) }));
}

function keyOf(entity: BlockableEntity): string {
  return JSON.stringify([entity.coi, nameOf(refOf(entity))]);
}
