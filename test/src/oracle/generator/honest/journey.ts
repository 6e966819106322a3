import { type Cast, type JourneyOptions, type Person, TherapyJourney } from '#scripts';
import { processDefinition } from '@veinledger/domain';
import { type Definition, releaseTests, type StepDefinition } from '../../definition.js';
import { type Part, type Planned, thingsPlanned } from './things.js';

/** One patient's therapy by any process: whom it is of, and what is collected and made in it. */
export class Journey {
  readonly definition: Definition;
  readonly told: TherapyJourney;
  readonly things: readonly Planned[];

  constructor(definition: Definition, options: JourneyOptions) {
    this.definition = definition;
    this.told = new TherapyJourney({ ...options, definition: processDefinition.parse(definition) });
    this.things = thingsPlanned(definition, options.serial);
  }

  get coi(): string {
    return this.told.coi;
  }

  get patient(): Person {
    return this.told.patient;
  }

  get cast(): Cast {
    return this.told.cast;
  }

  get design(): string {
    return this.told.design;
  }

  get batch(): string {
    return this.told.batch;
  }

  /** The labels of what is for something. */
  of(part: Part): readonly string[] {
    return this.things.filter((each) => each.part === part).map(({ item }) => item);
  }

  /** What is given at a line, from 1. */
  given(line: number): string {
    const [doses, containers] = [this.of('dose'), this.of('container')];
    return doses[line - 1] ?? containers[line - 1] ?? '';
  }

  /** What a step makes. */
  madeBy(step: string): readonly Planned[] {
    return this.things.filter((each) => each.step === step);
  }

  /** Something that a fill gave and that may be tested: kept for it, or else a container that nobody gives. */
  sampleFor({ inputs }: StepDefinition): string {
    const fit = this.things.filter(
      ({ kind, part }) => part === 'retained' && inputs.includes(kind),
    );
    return fit[0]?.item ?? this.of('container').at(-1) ?? '';
  }

  /** The steps that test the batch. */
  get tests(): readonly StepDefinition[] {
    return releaseTests(this.definition);
  }

  /** The tests that follow the doses, which whoever signs before them names as open. */
  get following(): readonly StepDefinition[] {
    return this.tests.filter(({ mayFollow }) => mayFollow);
  }

  /** What names them in a command, where there are any. */
  get open(): { readonly openTests?: readonly string[] } {
    const openTests = this.following.map(({ id }) => id);
    return openTests.length === 0 ? {} : { openTests };
  }

  /** Who does what a role does: the first of the cast who has it. */
  whoIs(roles: readonly string[]): Person {
    const people = Object.values(this.cast) as readonly Person[];
    for (const role of roles) {
      const person = people.find((each) => (each.roles as readonly string[]).includes(role));
      if (person) return person;
    }
    throw new Error(`nobody of the cast is ${roles.join(' or ')}`);
  }
}
