import { reasonsOfBlockers } from '../gates/blocks.js';
import { distinct, reasonsOfChain } from '../gates/chain.js';
import { notDecided } from '../gates/decided.js';
import { notExcepted } from '../gates/exception.js';
import { reasonsOfBatch } from '../gates/containers.js';
import { type Link, nameOfAttempt, nameOfLink } from '../graph/links.js';
import { takesNothing } from '../graph/process-kinds.js';
import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Batch } from '../nouns/batch.js';
import type { Design } from '../nouns/design.js';
import type { Item } from '../nouns/item.js';
import { stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { effectiveOf } from '../nouns/signed.js';
import type { StepAttempt } from '../nouns/step.js';
import { milliseconds } from '../values/time.js';
import { isLostFor } from './reasons.js';

/** Whether a thing can be gone on with, waits for somebody, or is never used (any more). */
export type StateOfThing = 'ready' | 'held-up' | 'gone';

const GONE: ReadonlySet<Item['custody']> = new Set(['consumed', 'administered', 'disposed']);

/** What the gates would say of a therapy's things, each asked once. */
export class StateOfThings {
  readonly #whole: WholeTherapy;
  readonly #at: string;
  readonly #asked = new Map<string, readonly Reason[]>();

  /** @param at RFC 3339 */
  constructor(whole: WholeTherapy, at: string) {
    this.#whole = whole;
    this.#at = at;
  }

  /** What stands against anything that a thing was made of, and the thing itself. */
  reasons(link: Link): readonly Reason[] {
    const name = nameOfLink(link);
    const known = this.#asked.get(name);
    if (known) return known;
    const ancestry = upstreamOf(this.#whole, [link]);
    const against = reasonsOfChain(this.#whole, ancestry);
    const unexcepted = notExcepted(this.#whole, ancestry.batches, against);
    const reasons = notDecided(this.#whole, ancestry.items, unexcepted, this.#at);
    this.#asked.set(name, reasons);
    return reasons;
  }

  ofItem(item: Item): StateOfThing {
    const { coi, id, custody } = item;
    if (GONE.has(custody) || this.#isOver(item)) return 'gone';
    const reasons = this.reasons({ kind: 'item', coi, id });
    if (isLostFor(this.#whole, reasons)) return 'gone';
    if (custody === 'in-custody' && reasons.length === 0) return 'ready';
    return custody === 'lost' && reasons.length === 0 ? 'gone' : 'held-up';
  }

  /** Whether what was reported of a step can be built on. */
  isDone(attempt: StepAttempt): boolean {
    if (!attempt.report) return false;
    const { step, attempt: number } = attempt;
    const definition = stepOf(this.#whole.definition, step);
    // what is done on nothing has no chain
    const reasons =
      definition && takesNothing(definition)
        ? reasonsOfBlockers(attempt)
        : this.reasons({ kind: 'step', step, attempt: number });
    return !isLostFor(this.#whole, reasons);
  }

  /** What stands against a batch and each of its vials. */
  reasonsOfBatch(batch: Batch): readonly Reason[] {
    const { coi, id, vials, expiry } = batch;
    const links = vials.map((vial) => ({ kind: 'item' as const, coi, id: vial }));
    const past = this.#isPast(expiry)
      ? [{ code: 'EXPIRED' as const, subject: `batch ${id}`, found: expiry }]
      : [];
    return distinct([
      ...this.reasons({ kind: 'batch', id }),
      ...links.flatMap((link) => this.reasons(link)),
      ...reasonsOfBatch(this.#whole, batch),
      ...past,
    ]);
  }

  /** The designs that may be used, once they are approved, in the order of their ids. */
  designs(): readonly Design[] {
    return [...this.#whole.designs.values()].filter(
      ({ id }) => !isLostFor(this.#whole, this.reasons({ kind: 'design', id })),
    );
  }

  /** The batches that may be used, once they are certified, the newest last. */
  batches(): readonly Batch[] {
    return [...this.#whole.batches.values()]
      .filter((batch) => !isLostFor(this.#whole, this.reasonsOfBatch(batch)))
      .sort((one, other) => (effectiveOf(one.recorded) < effectiveOf(other.recorded) ? -1 : 1));
  }

  /** The attempts at a step that can be built on. */
  done(step: string): readonly StepAttempt[] {
    return [...this.#whole.attempts.values()].filter(
      (attempt) => attempt.step === step && this.isDone(attempt),
    );
  }

  /** The attempt at a step that was begun, was not set aside, and has not been reported. */
  begun(step: string): StepAttempt | undefined {
    return [...this.#whole.attempts.values()].find(
      (each) =>
        each.step === step &&
        each.permission !== undefined &&
        each.report === undefined &&
        each.blockers.every(({ kind }) => kind !== 'rejected' && kind !== 'annulled'),
    );
  }

  /** Whether an item's time is over, and nobody decided to go on with it all the same. */
  #isOver({ coi, id, useBy }: Item): boolean {
    if (useBy === undefined || !this.#isPast(useBy)) return false;
    const { items } = upstreamOf(this.#whole, [{ kind: 'item', coi, id }]);
    const over: Reason = { code: 'EXPIRED', subject: `item ${id}`, found: useBy };
    return notDecided(this.#whole, items, [over], this.#at).length > 0;
  }

  #isPast(until: string | undefined): boolean {
    return until !== undefined && milliseconds(until) <= milliseconds(this.#at);
  }
}

/** By what an attempt is called where reasons name it. */
export function subjectOfAttempt(attempt: { readonly step: string; readonly attempt: number }) {
  return `step ${nameOfAttempt(attempt)}`;
}
