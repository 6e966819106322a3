import type { ResultsContent } from './annex.js';
import type { Command, DelegableType } from './command.js';
import type { Scope } from '../nouns/scope.js';
import type { BlockableEntity, Entity } from '../nouns/registry.js';
import { refOf } from '../nouns/reference.js';
import type { Classification } from '../values/words.js';
import type { Deviation } from '../nouns/deviation.js';
import type { Reason, Verdict } from '../nouns/reason.js';
import type { Actor } from '../nouns/actor.js';
import type { ConsortiumRoot } from '../nouns/consortium-root.js';
import { signedBy } from '../nouns/signed.js';
import type { Blocker } from '../nouns/blockable.js';
import { block, nameOf } from '../nouns/subject.js';
import type { Verifier } from '../signing/verifier.js';

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
  readonly root: ConsortiumRoot;
  readonly verifier: Verifier;
  /** the type of command of that name, or undefined */
  readonly typeNamed: (name: string) => DelegableType | undefined;
  /** whether the command came more than 15 minutes after what it reports */
  readonly late: boolean;
  readonly scope: Scope;
  readonly results?: Results;
}

/** The answer to a permission. */
export type PermissionDecision =
  | { readonly decision: 'permitted'; readonly changes: readonly Entity[] }
  | { readonly decision: 'refused'; readonly reasons: readonly Reason[] };

/** The record of a fact: what it changed, what deviated, never a refusal. */
export interface FactDecision {
  readonly decision: 'recorded';
  readonly verdicts: readonly Verdict[];
  readonly deviations: readonly Deviation[];
  readonly changes: readonly Entity[];
}

export type Decision = PermissionDecision | FactDecision;

/** Permits when there is no reason against it. */
export function permitUnless(
  reasons: readonly Reason[],
  changes: () => readonly Entity[],
): PermissionDecision {
  return reasons.length > 0
    ? { decision: 'refused', reasons }
    : { decision: 'permitted', changes: changes() };
}

/** What a deviation says: its code, how grave it is, and what was found where something else was expected. */
export interface Finding {
  readonly code: string;
  readonly classification: Classification;
  readonly expected?: string;
  readonly found?: string;
}

/**
 * Gathers what one fact changes and what deviated. A deviation quarantines each of its subjects: it stands as a
 * blocker in their own records.
 */
export class Recording {
  readonly #command: Command<unknown>;
  readonly #context: Context;
  readonly #others: Entity[] = [];
  readonly #blockables = new Map<string, BlockableEntity>();
  readonly #blockers = new Map<string, Blocker[]>();
  readonly #deviations: Deviation[] = [];
  #verdicts: readonly Verdict[] = [];

  constructor(command: Command<unknown>, context: Context) {
    this.#command = command;
    this.#context = context;
  }

  /** Writes an entity; a later one under the same name replaces it. */
  put(...entities: readonly Entity[]): this {
    for (const entity of entities) {
      if ('blockers' in entity) this.#blockables.set(keyOf(entity), entity);
      else this.#others.push(entity);
    }
    return this;
  }

  /** Opens a deviation on its subjects. */
  deviate(finding: Finding, ...subjects: readonly BlockableEntity[]): this {
    const id = `D${this.#deviations.length + 1}.${this.#command.id}`;
    this.#deviations.push({
      noun: 'deviation',
      scope: this.#context.scope,
      id,
      ...finding,
      subjects: subjects.map(refOf),
      opened: signedBy(this.#command, this.#context),
    });
    for (const subject of subjects) {
      const key = keyOf(subject);
      if (!this.#blockables.has(key)) this.#blockables.set(key, subject);
      const blockers = this.#blockers.get(key) ?? [];
      blockers.push({ kind: 'deviation', id, code: finding.code });
      this.#blockers.set(key, blockers);
    }
    return this;
  }

  /** Places a blocker that is not a deviation. */
  stop(subject: BlockableEntity, blocker: Blocker): this {
    const key = keyOf(subject);
    if (!this.#blockables.has(key)) this.#blockables.set(key, subject);
    this.#blockers.set(key, [...(this.#blockers.get(key) ?? []), blocker]);
    return this;
  }

  judge(verdicts: readonly Verdict[]): this {
    this.#verdicts = verdicts;
    return this;
  }

  /** The decision; a late entry without a reason deviates on everything that the fact touched. */
  done(): FactDecision {
    if (this.#context.late && this.#command.lateReason === undefined) {
      this.deviate({ code: 'LATE_ENTRY', classification: 'minor' }, ...this.#blockables.values());
    }
    const touched = [...this.#blockables].map(([key, entity]) =>
      (this.#blockers.get(key) ?? []).reduce<BlockableEntity>(block, entity),
    );
    return {
      decision: 'recorded',
      verdicts: this.#verdicts,
      deviations: this.#deviations,
      changes: [...touched, ...this.#others, ...this.#deviations],
    };
  }
}

function keyOf(entity: BlockableEntity): string {
  return JSON.stringify([entity.coi, nameOf(refOf(entity))]);
}
