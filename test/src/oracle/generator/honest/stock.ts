import type { Person } from '#scripts';
import { isTest, type StepDefinition } from '../../definition.js';
import type { Journey } from './journey.js';
import { comparingTests, type Planned } from './things.js';

/** A thing that a step takes, and whether it is used up. */
interface Taken {
  readonly item: string;
  readonly consumed: boolean;
}

/** What of a therapy's things is there, and who has it. */
export class Stock {
  readonly #journey: Journey;
  readonly #held = new Map<string, Person>();

  constructor(journey: Journey) {
    this.#journey = journey;
  }

  /** Somebody has a thing from now on. */
  put(item: string, by: Person): void {
    this.#held.set(item, by);
  }

  /** What a step used up is there no more. */
  take(inputs: readonly Taken[]): void {
    for (const { item, consumed } of inputs) if (consumed) this.#held.delete(item);
  }

  has(item: string): boolean {
    return this.#held.has(item);
  }

  /** Who hands something on: in the hospital a nurse. */
  handingOn(item: string): Person | undefined {
    const { nurse } = this.#journey.cast;
    const holder = this.#held.get(item);
    return holder?.organisation === nurse.organisation ? nurse : holder;
  }

  /** Things of some kinds that are there and are not used up, in the order of their making. */
  there(kinds: readonly string[]): readonly Planned[] {
    return this.#journey.things.filter(
      ({ item, kind }) => kinds.includes(kind) && this.#held.has(item),
    );
  }

  /** Of each kind what is left where nobody takes it later, and else the first; of a fill one sample, or all that came. */
  inputsOf(step: StepDefinition, by: Person): readonly Taken[] {
    const compares = comparingTests(this.#journey.definition).includes(step);
    const available = this.there(step.inputs)
      .filter(({ item }) => this.#held.get(item)?.organisation === by.organisation)
      .filter(({ part }) => part !== 'retained' && (part !== 'kept' || compares));
    return step.inputs.flatMap((kind) => {
      const all = available.filter((each) => each.kind === kind);
      const kept = this.#journey.things.some((each) => each.part === 'kept' && each.kind === kind);
      const later = !kept && this.#takenLater(step, kind);
      const sampled = all.filter(({ part }) => part === 'sample');
      if (this.#journey.tests.includes(step)) {
        const keptBack = all.filter(({ part }) => part === 'kept');
        const [one] = [...sampled, ...keptBack, ...all];
        return one ? [{ item: one.item, consumed: one.part === 'sample' }] : [];
      }
      const taken = later && all[0]?.part !== 'container' ? all.slice(0, 1) : all;
      const consumed = !isTest(step) && (!later || all.length > 1);
      return taken.map(({ item }) => ({ item, consumed }));
    });
  }

  #takenLater(step: StepDefinition, kind: string): boolean {
    const { steps } = this.#journey.definition;
    return steps
      .slice(steps.indexOf(step) + 1)
      .some(({ inputs, attestedBy: by }) => inputs.includes(kind) && by !== 'custody:ReceiveItem');
  }
}
