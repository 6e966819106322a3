import { distinct } from '../gates/chain.js';
import { testsMissing } from '../gates/containers.js';
import { reasonsOfReleased } from '../gates/containers.js';
import { notExcepted } from '../gates/exception.js';
import { isIrreversible, reasonsOfContainersAhead } from '../gates/irreversible.js';
import { reasonsOfInputs } from '../gates/process-path.js';
import { type Link, nameOfAttempt } from '../graph/links.js';
import { usesOfStep } from '../consent/uses.js';
import type { Batch } from '../nouns/batch.js';
import { beginningOf } from '../nouns/beginning.js';
import type { Item } from '../nouns/item.js';
import { type Step, stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { effectiveOf } from '../nouns/signed.js';
import type { StepAttempt } from '../nouns/step.js';
import { ofParties } from './asked.js';
import { latestOf, type Leads, reasonsOfUses, toHandOver } from './leads.js';
import type { Matters } from './matters.js';
import { type AtGate, isLostFor, stepNamedIn, wayOf, waitsOf } from './reasons.js';
import { StateOfThings, subjectOfAttempt } from './state-of-things.js';
import { towardsBatch } from './towards-batch.js';
import { towardsDesign } from './towards-design.js';
import type { Option, Wait } from './wait.js';

/**
 * What leads a therapy on in the course of its process: from what is wanted back to what is there. What is not there is
 * made, and what cannot be used is made again, as far back as to a new collection. Each step is looked at once.
 */
export class Course implements Leads {
  readonly things: StateOfThings;
  readonly #matters: Matters;
  readonly #seen = new Set<string>();

  constructor(matters: Matters) {
    this.#matters = matters;
    this.things = new StateOfThings(matters.whole, matters.at);
  }

  /** What leads to a step that is wanted and not there. */
  lead(step: Step): readonly Wait[] {
    if (this.#seen.has(step.id)) return [];
    this.#seen.add(step.id);
    switch (step.attestedBy) {
      case 'manufacturing:ReportStep':
        return this.#toStep(step);
      case 'manufacturing:ApproveDesign':
        return towardsDesign(this.#matters, this, step);
      case 'manufacturing:ReviewBatch':
      case 'manufacturing:CertifyBatch':
        return towardsBatch(this.#matters, this);
      default:
        return [];
    }
  }

  /** Whether a step is done, in a way that can be built on. */
  isThere({ id, attestedBy }: Step): boolean {
    switch (attestedBy) {
      case 'manufacturing:ReportStep':
        return this.things.done(id).length > 0;
      case 'manufacturing:ApproveDesign':
        return this.things.designs().some(({ approved }) => approved);
      case 'manufacturing:ReviewBatch':
        return this.things.batches().some(({ review }) => review);
      case 'manufacturing:CertifyBatch':
        return this.things.batches().some(({ certification }) => certification);
      default:
        return true;
    }
  }

  /** A release test of a batch: on samples of its fill. */
  test(test: Step, batch: Batch): readonly Wait[] {
    const begun = this.things.begun(test.id);
    return begun ? [this.#report(test, begun)] : this.#start(test, batch);
  }

  against(reasons: readonly Reason[], gate: AtGate): readonly Wait[] {
    return [
      ...waitsOf(this.#matters, reasons, gate),
      ...reasons.flatMap((reason) => this.#toDo(reason)),
    ];
  }

  /** What is still to be done on a thing that is there: an attempt is reported, a test done, or done again. */
  #toDo(reason: Reason): readonly Wait[] {
    const { whole } = this.#matters;
    const { subject = '' } = reason;
    if (wayOf(whole, reason)?.way !== 'step') return [];
    const batch = whole.batches.get(subject.replace('batch ', ''));
    if (batch) return testsMissing(whole, batch).flatMap((test) => this.test(test, batch));
    const step = stepNamedIn(whole, subject);
    if (!step) return [];
    const attempt = whole.attempts.get(subject.replace('step ', ''));
    if (attempt && !attempt.report) return [this.#report(step, attempt)];
    if (this.#seen.has(step.id)) return [];
    this.#seen.add(step.id);
    const begun = this.things.begun(step.id);
    return begun ? [this.#report(step, begun)] : this.#start(step);
  }

  #toStep(step: Step): readonly Wait[] {
    const begun = this.things.begun(step.id);
    if (begun) return [this.#report(step, begun)];
    const missing = this.needsOf(step).filter((need) => !this.isThere(need));
    if (missing.length > 0) return missing.flatMap((need) => this.lead(need));
    return this.#start(step);
  }

  /** The steps that a step needs. */
  needsOf({ needs }: Step): readonly Step[] {
    return needs.flatMap((id) => stepOf(this.#matters.whole.definition, id) ?? []);
  }

  #report(step: Step, attempt: StepAttempt): Wait {
    const { whole } = this.#matters;
    const since = effectiveOf(attempt.permission ?? whole.therapy.ordered);
    const options = ofParties(this.#matters, 'manufacturing:ReportStep', step.roles);
    return {
      state: 'due',
      noun: 'step',
      subject: subjectOfAttempt(attempt),
      code: step.id,
      options,
      since,
    };
  }

  #start(step: Step, batch?: Batch): readonly Wait[] {
    const able = ofParties(this.#matters, 'manufacturing:StartStep', step.roles);
    const wanted = step.inputs;
    const items = this.#itemsFor(wanted, step, batch);
    if (wanted.length > 0) {
      const there = items.filter((item) => this.things.ofItem(item) !== 'gone');
      const lacking = this.#groupsOf(step, wanted).filter(
        (kinds) => !there.some(({ kind }) => kinds.includes(kind)),
      );
      if (lacking.length > 0) return lacking.flatMap((kinds) => this.makersOf(kinds));
    }
    const ready = items.filter((item) => this.things.ofItem(item) === 'ready');
    if (wanted.length > 0 && ready.length === 0) return this.heldUp(items);
    const here = ready.filter(({ holder }) => isAmong(able, holder.organisation));
    if (wanted.length > 0 && here.length === 0)
      return ready.map((item) => toHandOver(this.#matters, item, step.id));
    return this.#permitted(step, here, able, batch);
  }

  /** What stands against things that nobody can go on with now. */
  heldUp(items: readonly Item[]): readonly Wait[] {
    return items
      .filter((item) => this.things.ofItem(item) === 'held-up')
      .flatMap((item) => {
        const { coi, id, holder } = item;
        const since = latestOf(this.#matters, [item.heldSince ?? beginningOf(item)]);
        const gate: AtGate = {
          noun: 'item',
          subject: `item ${id}`,
          since,
          holder: holder.organisation,
        };
        return this.against(this.things.reasons({ kind: 'item', coi, id }), gate);
      });
  }

  /** What the start of a step would be refused for, or the start. */
  #permitted(
    step: Step,
    items: readonly Item[],
    able: readonly Option[],
    batch: Batch | undefined,
  ): readonly Wait[] {
    const { whole, at } = this.#matters;
    const needs = this.needsOf(step);
    const ofDesign = needs.some(({ attestedBy }) => attestedBy === 'manufacturing:ApproveDesign');
    const design = ofDesign
      ? this.things.designs().findLast(({ approved }) => approved)?.id
      : undefined;
    const datasets =
      step.inputs.length > 0
        ? []
        : [...whole.datasets.values()].filter(
            ({ id, producedBy }) =>
              step.needs.includes(producedBy.step) &&
              !isLostFor(whole, this.things.reasons({ kind: 'dataset', id })),
          );
    const ofBatch = batch?.id ?? items.find((item) => item.batch !== undefined)?.batch;
    const inputs = { items, datasets: datasets.map(({ id }) => id), design, batch: ofBatch };
    const links: readonly Link[] = [
      ...items.map(({ coi, id }): Link => ({ kind: 'item', coi, id })),
      ...inputs.datasets.map((id): Link => ({ kind: 'dataset', id })),
      ...(design === undefined ? [] : [{ kind: 'design' as const, id: design }]),
    ];
    const holders = new Set(items.map(({ holder }) => holder.organisation));
    const options = able.filter(
      ({ organisation }) => holders.size === 0 || holders.has(organisation),
    );
    const reasons: readonly Reason[] = distinct([
      ...reasonsOfUses(
        this.#matters,
        options.map(({ organisation }) => organisation),
        (recipient) => usesOfStep(step, recipient, at),
      ),
      ...notExcepted(
        whole,
        [...whole.batches.values()].filter(({ id }) => id === ofBatch),
        [
          ...reasonsOfInputs(whole, step, inputs, `step ${step.id}`),
          ...items.flatMap((item) => reasonsOfReleased(whole, step, item, at)),
        ],
      ),
      ...links.flatMap((link) => this.things.reasons(link)),
      ...(isIrreversible(step) ? reasonsOfContainersAhead(whole, items, at) : []),
    ]);
    const since = latestOf(this.#matters, [
      ...items.map((item) => item.heldSince ?? beginningOf(item)),
      ...needs.flatMap(({ id }) =>
        this.things.done(id).map(({ report }) => report && effectiveOf(report)),
      ),
    ]);
    const gate: AtGate = { noun: 'step', subject: `step ${step.id}`, since };
    if (reasons.length > 0) {
      const missing = reasons
        .filter(({ code }) => code === 'STEP_NOT_DONE')
        .flatMap(
          ({ subject = '' }) => stepOf(whole.definition, subject.replace('step ', '')) ?? [],
        );
      return [...this.against(reasons, gate), ...missing.flatMap((each) => this.lead(each))];
    }
    return [{ state: 'due', ...gate, code: step.id, options }];
  }

  /** Of the kinds that a step takes, those of each needed step by themselves; else any of them. */
  #groupsOf(step: Step, wanted: readonly string[]): readonly (readonly string[])[] {
    const made = this.needsOf(step)
      .map(({ outputs }) => outputs.filter((kind) => wanted.includes(kind)))
      .filter((kinds) => kinds.length > 0);
    return made.length > 0 ? made : [wanted];
  }

  #itemsFor(wanted: readonly string[], step: Step, batch: Batch | undefined): readonly Item[] {
    const { whole } = this.#matters;
    const items = [...whole.items.values()].filter(({ kind }) => wanted.includes(kind));
    if (!batch || step.outputs.length > 0) return items;
    const fill = nameOfAttempt(batch.fill);
    return items.filter(({ producedBy }) => producedBy && nameOfAttempt(producedBy) === fill);
  }

  /** What makes things of these kinds: a step, or a collection. */
  makersOf(kinds: readonly string[]): readonly Wait[] {
    const { definition, therapy } = this.#matters.whole;
    const makers = definition.steps.filter(({ outputs }) =>
      outputs.some((kind) => kinds.includes(kind)),
    );
    const steps = makers.filter(({ attestedBy }) => attestedBy === 'manufacturing:ReportStep');
    if (steps.length > 0) return steps.flatMap((step) => this.lead(step));
    const collected = definition.items.filter(
      (each) => each.collected && kinds.includes(each.code),
    );
    if (collected.length === 0) return [];
    const roles = makers.flatMap((each) => each.roles);
    return [
      {
        state: 'due',
        noun: 'therapy',
        subject: `therapy ${therapy.coi}`,
        code: makers[0]?.id ?? 'collection',
        options: ofParties(this.#matters, 'custody:CollectItem', roles),
        since: effectiveOf(therapy.ordered),
      },
    ];
  }
}

function isAmong(options: readonly Option[], organisation: string): boolean {
  return options.some((each) => each.organisation === organisation);
}
