import {
  analysis,
  carry,
  type Cast,
  enrolCastSideBySide,
  enrolment,
  enrolPatient,
  openForBusiness,
  type Person,
  production,
  registerShared,
  registrarOf,
  send,
  sequencing,
  TherapyJourney,
} from '#scripts';
import { shippedProcesses } from '@veinledger/cli';
import {
  type Entity,
  type EntityOf,
  type Noun,
  type ProcessDefinition,
  processHash,
} from '@veinledger/domain';
import { expectPermitted } from './refusals.js';
import type { Bench } from './bench.js';
import { PlayedAhead } from './played-ahead.js';

/** What the ledger holds of a therapy. */
export interface Trace {
  readonly things: readonly Entity[];
  readonly records: readonly EntityOf<'record'>[];
}

/** How many therapies are played side by side when one is asked for and none is left: of few commands, and of many. */
export interface Ahead {
  readonly short: number;
  readonly long: number;
}

/** More than half of the six members. */
const VOTERS = ['HospitalMSP', 'LabMSP', 'ManufacturerMSP', 'CourierMSP'] as const;

/** A ledger that is open for business, with everybody enrolled; each story gets a patient and a CoI of its own. */
export class World {
  readonly bench: Bench;
  readonly cast: Cast;
  readonly #ordered: PlayedAhead<TherapyJourney>;
  readonly #sampled: PlayedAhead<TherapyJourney>;
  readonly #filled: PlayedAhead<TherapyJourney>;
  #serial = 0;

  private constructor(bench: Bench, cast: Cast, ahead: Ahead) {
    this.bench = bench;
    this.cast = cast;
    this.#ordered = new PlayedAhead(() => this.#playOrdered(), ahead.short);
    this.#sampled = new PlayedAhead(() => this.#playSampled(), ahead.short);
    this.#filled = new PlayedAhead(() => this.#playFilled(), ahead.long);
  }

  static async open(bench: Bench, ahead: Ahead = { short: 1, long: 1 }): Promise<World> {
    await openForBusiness(bench.submitter, bench.consortium);
    const cast = await enrolCastSideBySide(bench.submitter, bench.consortium);
    await registerShared(bench.submitter, cast);
    return new World(bench, cast, ahead);
  }

  /**
   * A new patient with a therapy that nothing has happened in yet.
   * @param process the id of a shipped one, or one that is published: the first that ships where this is left out
   */
  async newPatient(process?: string | ProcessDefinition): Promise<TherapyJourney> {
    const serial = ++this.#serial;
    const patient = await this.enrolPatient(`patient-${serial}`);
    return new TherapyJourney({
      submitter: this.bench.submitter,
      cast: this.cast,
      patient,
      serial,
      definition: typeof process === 'string' ? shippedProcess(process) : process,
    });
  }

  /** Has more than half of the members agree on a process, and publishes it. */
  async publish(definition: ProcessDefinition): Promise<void> {
    const { submitter, consortium } = this.bench;
    const { id: process, version } = definition;
    const hash = processHash(definition);
    const change = { kind: 'agree-process', process, version, hash } as const;
    const motion = { proposal: `agree-${process}-${version.replace('.', '-')}`, change };
    for (const answer of await carry(submitter, consortium, motion, VOTERS))
      expectPermitted(answer);
    const registrar = registrarOf(consortium, VOTERS[0]);
    const publish = { type: 'process:Publish', body: { definition } };
    expectPermitted(await send(submitter, registrar, publish));
  }

  /** A therapy that was consented to and ordered, without samples. */
  orderedTherapy(): Promise<TherapyJourney> {
    return this.#ordered.take();
  }

  /** A therapy with a tumour sample in the hospital's hands. */
  sampledTherapy(): Promise<TherapyJourney> {
    return this.#sampled.take();
  }

  /** A therapy whose vials stand in a batch that nobody has tested. */
  filledTherapy(): Promise<TherapyJourney> {
    return this.#filled.take();
  }

  enrolPatient(pseudonym: string): Promise<Person> {
    return enrolPatient(this.bench.submitter, this.bench.consortium, pseudonym);
  }

  /** Everything the ledger holds of a therapy, as a hospital reads it. */
  trace(journey: TherapyJourney): Promise<Trace> {
    const reader = { mspId: 'HospitalMSP', label: 'nurse' };
    return this.bench.submitter.read<Trace>(reader, 'audit:TraceTherapy', journey.coi);
  }

  /** The therapy's things of one noun. */
  async things<N extends Noun>(journey: TherapyJourney, noun: N): Promise<readonly EntityOf<N>[]> {
    const { things } = await this.trace(journey);
    return things.filter((thing): thing is EntityOf<N> => thing.noun === noun);
  }

  /** One item of a therapy. */
  async item(journey: TherapyJourney, id: string): Promise<EntityOf<'item'> | undefined> {
    return (await this.things(journey, 'item')).find((item) => item.id === id);
  }

  /** How many commands the ledger decided on that a person signed. */
  async signedBy(person: Person): Promise<number> {
    const reader = { mspId: 'RegulatorMSP', label: 'auditor' };
    const signed = await this.bench.submitter.read<unknown[]>(
      reader,
      'audit:ListSignedBy',
      person.id,
    );
    return signed.length;
  }

  async #playOrdered(): Promise<TherapyJourney> {
    const journey = await this.newPatient();
    // on a real network each command waits for its block: what does not depend on each other waits together
    await Promise.all([
      journey.consent('TREATMENT_MANUFACTURE'),
      journey.consent('GENOMIC_SEQUENCING'),
    ]);
    await journey.order();
    return journey;
  }

  async #playSampled(): Promise<TherapyJourney> {
    const journey = await this.#playOrdered();
    await journey.collect(journey.things.tumour, 'tumour-ffpe', this.cast.collector, 'visit-1');
    return journey;
  }

  async #playFilled(): Promise<TherapyJourney> {
    const journey = await this.newPatient();
    await enrolment(journey);
    await sequencing(journey);
    expectPermitted(await analysis(journey));
    const [design] = await this.things(journey, 'design');
    await production(journey, design?.commitment ?? '');
    return journey;
  }
}

/** A process that is shipped. */
export function shippedProcess(id: string): ProcessDefinition {
  const found = shippedProcesses().find((each) => each.id === id);
  if (found) return found;
  throw new Error(`no process ${id} is shipped`);
}
