import type { Purpose } from '@veinledger/domain';
import { inTwoYears, doStep, lot, namedFile, type Person, type StepWork } from '#scripts';
import {
  attestedBy,
  type Definition,
  fillSteps,
  hasDesign,
  isTest,
  type ItemDefinition,
  type StepDefinition,
} from '../../definition.js';
import { giveAt, prepare } from './doses.js';
import type { Journey } from './journey.js';
import { goodResults } from './results.js';
import { Stock } from './stock.js';
import type { Planned } from './things.js';

const REPORTED = 'manufacturing:ReportStep';

/** The honest way of one therapy, step by step as its definition says. */
export class HonestWay {
  readonly #journey: Journey;
  readonly #definition: Definition;
  readonly #stock: Stock;
  /** the data that each step gave */
  readonly #data = new Map<string, readonly string[]>();
  readonly #lastDigest: (name: string) => string;
  #sequence = '';

  /** @param lastDigest the digest of the annex of a name that was handed in last */
  constructor(journey: Journey, lastDigest: (name: string) => string) {
    this.#journey = journey;
    this.#definition = journey.definition;
    this.#stock = new Stock(journey);
    this.#lastDigest = lastDigest;
  }

  /** From the patient's consent to the last collection. */
  async begin(): Promise<void> {
    for (const step of this.#steps().before) await this.#do(step);
  }

  /** From there to what is ready at the bedside. */
  async toTheWard(): Promise<void> {
    const { following } = this.#journey;
    for (const step of this.#steps().between) if (!following.includes(step)) await this.#do(step);
  }

  /** A dose for each of the two lines, and the tests that may follow. */
  async give(): Promise<void> {
    for (const line of [1, 2]) await giveAt(this.#journey, line);
    for (const step of this.#journey.following) await this.#do(step);
  }

  #steps(): {
    readonly before: readonly StepDefinition[];
    readonly between: readonly StepDefinition[];
  } {
    const { steps } = this.#definition;
    const collected = steps.findLastIndex(({ attestedBy: by }) => by === 'custody:CollectItem');
    const bedside = steps.findIndex(({ attestedBy: by }) => by === 'care:VerifyBedside');
    return { before: steps.slice(0, collected + 1), between: steps.slice(collected + 1, bedside) };
  }

  async #do(step: StepDefinition): Promise<void> {
    const { told, cast, batch } = this.#journey;
    switch (step.attestedBy) {
      case 'therapy:OrderTherapy':
        return this.#order();
      case 'custody:CollectItem':
        return this.#collect();
      case 'custody:ReceiveItem':
        return this.#ship(step);
      case REPORTED:
        return this.#report(step);
      case 'manufacturing:ApproveDesign':
        return this.#design(step);
      case 'manufacturing:ReviewBatch':
        await told.say(cast.reviewer, step.attestedBy, { batch });
        return;
      case 'manufacturing:CertifyBatch':
        await told.say(cast.releasePerson, step.attestedBy, { batch, ...this.#journey.open });
        return;
      case 'custody:DeriveItem':
        return prepare(this.#journey, 1);
      default:
        throw new Error(`${step.id}: nobody knows how ${step.attestedBy} is done`);
    }
  }

  async #order(): Promise<void> {
    const { steps, doseConsents } = this.#definition;
    const purposes = new Set([...steps.flatMap(({ consents }) => consents), ...doseConsents]);
    for (const purpose of purposes) await this.#journey.told.consent(purpose as Purpose);
    await this.#journey.told.order();
  }

  /** Each thing by one collector on one visit; the second of a kind by another on another, to confirm the first. */
  async #collect(): Promise<void> {
    const { told, cast, things } = this.#journey;
    const first = new Map<string, string>();
    for (const { item, kind } of things.filter(({ part }) => part === 'collected')) {
      const confirms = first.get(kind);
      const [by, visit] = confirms
        ? [cast.secondCollector, 'visit-2']
        : [cast.collector, 'visit-1'];
      await told.collect(item, kind, by, visit, confirms);
      if (confirms === undefined) first.set(kind, item);
      this.#stock.put(item, cast.nurse);
    }
  }

  /** A courier takes what it carries to whoever takes it next; of containers one for each line. */
  async #ship(step: StepDefinition): Promise<void> {
    const { told } = this.#journey;
    if (!step.roles.includes('courier')) return;
    const items = step.inputs
      .flatMap((kind) => this.#stock.there([kind]))
      .filter(({ part }) => !['sample', 'retained'].includes(part))
      .filter(
        ({ item, part }) => part !== 'container' || this.#journey.of('container').indexOf(item) < 2,
      );
    for (const each of items) {
      const to = this.#taker(step, each.kind);
      const from = this.#stock.handingOn(each.item);
      if (!from || from.organisation === to.organisation) continue;
      await told.ship([each.item], from, to, () => this.#temperature(each.kind));
      this.#stock.put(each.item, to);
    }
  }

  #taker(courier: StepDefinition, kind: string): Person {
    const { steps } = this.#definition;
    const next = steps
      .slice(steps.indexOf(courier) + 1)
      .find(({ inputs, roles }) => inputs.includes(kind) && !roles.includes('courier'));
    return this.#journey.whoIs(next?.roles ?? []);
  }

  #temperature(kind: string): number {
    const found: ItemDefinition | undefined = this.#definition.items.find(
      ({ code }) => code === kind,
    );
    const { temperatureMinC: min, temperatureMaxC: max } = found ?? {};
    if (min !== undefined && max !== undefined) return (min + max) / 2;
    return max === undefined ? (min ?? 20) + 1 : max - 10;
  }

  async #report(step: StepDefinition): Promise<void> {
    const { told, design, batch, coi } = this.#journey;
    const by = this.#journey.whoIs(step.roles);
    await this.#keep(step, by);
    const inputs = this.#stock.inputsOf(step, by);
    const outputs = this.#journey.madeBy(step.id);
    const ids = step.datasets;
    const work: StepWork = {
      by,
      inputs,
      outputs: outputs.map(({ item, kind }) => ({ item, kind })),
      inputDatasets: inputs.length === 0 ? this.#dataFor(step) : [],
      datasets: Object.fromEntries(
        ids.map((kind) => [kind, { kind, file: namedFile(`${coi} ${kind}`, 'tsv') }]),
      ),
      ...(step.lots ? { lots: [this.#lotFor(step, by)] } : {}),
      ...(step.sharedRun ? { run: 'run-1' } : {}),
      ...(this.#isByDesign(step) ? { design } : {}),
      ...(step.checks.some(({ kind }) => kind === 'design-commitment')
        ? { design, sequenceCommitment: this.#sequence }
        : {}),
      ...(this.#isOfBatch(step) ? { batch } : {}),
    };
    await doStep(told, step.id, work, goodResults(step.checks));
    this.#data.set(step.id, ids);
    this.#stock.take(inputs);
    for (const { item } of outputs) this.#stock.put(item, by);
    if (fillSteps(this.#definition).includes(step)) await this.#record(step, by, outputs);
  }

  /** Before what was collected is used up, something is kept of it where a test compares the product with it. */
  async #keep(step: StepDefinition, by: Person): Promise<void> {
    const [kept] = this.#journey.things.filter(({ part }) => part === 'kept');
    if (!kept || isTest(step) || this.#stock.has(kept.item)) return;
    const [parent] = this.#stock.there([kept.kind]);
    if (!parent || !step.inputs.includes(kept.kind)) return;
    await this.#journey.told.say(by, 'custody:DeriveItem', {
      operation: 'split',
      parents: [{ item: parent.item, consumed: false }],
      children: [{ item: kept.item, kind: kept.kind }],
    });
    this.#stock.put(kept.item, by);
  }

  /** The data of the steps that one needs. */
  #dataFor(step: StepDefinition): readonly string[] {
    if (this.#isByDesign(step)) return [];
    return step.needs.flatMap((need) => this.#data.get(need) ?? []);
  }

  #lotFor(step: StepDefinition, by: Person): string {
    if (fillSteps(this.#definition).includes(step)) return lot('LNP-1');
    return lot(
      by.organisation === this.#journey.cast.labTechnician.organisation ? 'EX-1' : 'NTP-1',
    );
  }

  #isByDesign({ needs }: StepDefinition): boolean {
    const designs = attestedBy(this.#definition, 'manufacturing:ApproveDesign').map(({ id }) => id);
    return needs.some((need) => designs.includes(need));
  }

  /** Whether a step looks at what was filled. */
  #isOfBatch(step: StepDefinition): boolean {
    const filled = fillSteps(this.#definition).flatMap(({ outputs }) => outputs);
    return isTest(step) && step.inputs.some((kind) => filled.includes(kind));
  }

  async #record(step: StepDefinition, by: Person, outputs: readonly Planned[]): Promise<void> {
    const { told, batch, design } = this.#journey;
    const count = (part: Planned['part']) => outputs.filter((each) => each.part === part).length;
    await told.say(by, 'manufacturing:RecordBatch', {
      batch,
      ...(hasDesign(this.#definition) ? { design } : {}),
      fill: { step: step.id, attempt: 1 },
      expiry: inTwoYears(),
      vials: this.#journey.of('container'),
      reconciliation: {
        made: outputs.length,
        sampled: count('sample'),
        retained: count('retained'),
        rejected: 0,
      },
    });
  }

  async #design(step: StepDefinition): Promise<void> {
    const { told, cast, design, coi } = this.#journey;
    const [ranking = ''] = step.needs;
    const before = this.#definition.steps.find(({ id }) => id === ranking);
    const results = Object.entries(goodResults(step.checks));
    await told.say(
      cast.designer,
      'manufacturing:SubmitDesign',
      {
        design,
        version: 1,
        datasets: [...(before ? this.#dataFor(before) : []), ...(this.#data.get(ranking) ?? [])],
        ranking: { step: ranking, attempt: 1 },
      },
      {
        annexes: {
          sequence: namedFile(`${coi} sequence`, 'fasta'),
          results: { results: results.map(([check, value]) => ({ check, value })) },
        },
      },
    );
    this.#sequence = this.#lastDigest('sequence');
    await told.say(cast.reviewer, step.attestedBy, { design });
  }
}
