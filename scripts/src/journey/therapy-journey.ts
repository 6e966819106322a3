import { createHash } from 'node:crypto';
import {
  type ConsentScope,
  type ProcessDefinition,
  processHash,
  type Purpose,
  utf8,
} from '@veinledger/domain';
import { sealRendering } from '@veinledger/client/node';
import { shippedProcesses } from '@veinledger/cli';
import { type Cast, PARTIES } from './cast.js';
import { type Committed, type Submitter, type Message, type Person, send } from './submitter.js';
import { chainOfIdentity, din, serialised } from './labels.js';

/** GLNs of the demonstration hospital's ward and pharmacy. */
const WARD = '4012345000016';
const PHARMACY = '4012345000023';

const COUNT_OF_VIALS = 3;

/** The things of one therapy, by the names that their labels bear. */
export interface Things {
  readonly tumour: string;
  readonly blood: string;
  readonly secondBlood: string;
  readonly block: string;
  readonly dna: string;
  readonly rna: string;
  readonly library: string;
  readonly template: string;
  readonly drugSubstance: string;
  readonly vials: readonly string[];
  /** of the same fill, for the release tests */
  readonly sampleVial: string;
  /** of the same fill, kept back */
  readonly retainedVial: string;
  readonly dose: string;
}

export interface JourneyOptions {
  readonly submitter: Submitter;
  readonly cast: Cast;
  readonly patient: Person;
  /** tells this therapy's identifiers from those of others; 1 to 999 */
  readonly serial: number;
  /** which making of the product this is, from 1: the second one begins with a new template */
  readonly making?: number;
  /** which design it is made by, from 1: the second one begins with new samples */
  readonly version?: number;
  /** the process; the first that is shipped where this is left out */
  readonly definition?: ProcessDefinition | undefined;
}

/**
 * One patient's therapy: who says what in which step. Each method hands in the commands of one thing that
 * happens; a method's parameters are where a story can take another turn.
 */
export class TherapyJourney {
  readonly submitter: Submitter;
  readonly cast: Cast;
  readonly patient: Person;
  readonly coi: string;
  readonly things: Things;
  readonly design: string;
  readonly batch: string;
  readonly making: number;
  readonly version: number;
  readonly #serial: number;
  readonly #definition: ProcessDefinition | undefined;
  #handOffs = 0;

  constructor(options: JourneyOptions) {
    const { submitter, cast, patient, serial, making = 1, version = 1 } = options;
    this.#definition = options.definition;
    this.submitter = submitter;
    this.cast = cast;
    this.patient = patient;
    this.coi = chainOfIdentity(serial);
    const anew = version === 1 ? '' : `-v${version}`;
    this.design = `design-${serial}${anew}`;
    this.making = making;
    this.version = version;
    this.#serial = serial;
    const again = making === 1 ? '' : `-${version === 1 ? 'again-' : ''}${making}`;
    this.batch = `batch-${serial}${again}`;
    const name = (product: Parameters<typeof serialised>[0], suffix = '') =>
      serialised(product, `${serial}${anew}${suffix}`);
    const made = (product: Parameters<typeof serialised>[0], suffix = '') =>
      name(product, `${again}${suffix}`);
    const sample = (number: number) => din(serial * 10 + (version - 1) * 3 + number);
    this.things = {
      tumour: sample(1),
      blood: sample(2),
      secondBlood: sample(3),
      block: name('block'),
      dna: name('dna'),
      rna: name('rna'),
      library: name('library'),
      template: made('template'),
      drugSubstance: made('drug-substance'),
      vials: Array.from({ length: COUNT_OF_VIALS }, (_, index) => made('vial', `-${index + 1}`)),
      sampleVial: made('vial', '-sample'),
      retainedVial: made('vial', '-retained'),
      dose: made('dose', '-1'),
    };
  }

  /** The same therapy, whose product is made once more. */
  makeAgain(): TherapyJourney {
    const { version } = this;
    const making = this.making + 1;
    return this.#following({ making, version });
  }

  /** The same therapy, whose product is designed once more from new samples, at most twice. */
  designAnew(): TherapyJourney {
    return this.#following({ making: this.making + 1, version: this.version + 1 });
  }

  /** The process that it is ordered by. */
  get definition(): ProcessDefinition {
    const [definition] = this.#definition ? [this.#definition] : shippedProcesses();
    if (!definition) throw new Error('no process definition is shipped');
    return definition;
  }

  #following(next: Pick<JourneyOptions, 'making' | 'version'>): TherapyJourney {
    const { submitter, cast, patient } = this;
    const [serial, definition] = [this.#serial, this.#definition];
    return new TherapyJourney({ submitter, cast, patient, serial, ...next, definition });
  }

  /** The id of a dataset of this design's. */
  dataset(name: string): string {
    return this.version === 1 ? name : `${name}-${this.version}`;
  }

  /** Hands in a person's command about this therapy. */
  say(
    person: Person,
    type: string,
    body: object,
    rest: Omit<Message, 'type' | 'body'> = {},
  ): Promise<Committed> {
    return send(this.submitter, person, { type, body: { coi: this.coi, ...body }, ...rest });
  }

  /** The form that the patient is shown for a purpose, as an answer names it. */
  formOf(purpose: Purpose): { readonly formDigest: string; readonly renderedCommitment: string } {
    return {
      formDigest: sha256(`form ${purpose}`),
      renderedCommitment: sealRendering(utf8(`rendered ${purpose}`)).digest,
    };
  }

  /**
   * The hospital asks for a purpose, and the patient gives consent on the form that was shown.
   * @param time how many times it has asked, this one too
   */
  async consent(
    purpose: Purpose,
    scope: ConsentScope = {},
    { time = 1, ...rest }: Pick<Message, 'at' | 'lateReason'> & { readonly time?: number } = {},
  ): Promise<Committed> {
    const form = {
      id: 'pcv-information',
      version: '1.0',
      language: 'de-DE',
      digest: this.formOf(purpose).formDigest,
    };
    const consent = `${purpose.toLowerCase().replaceAll('_', '-')}-${time}`;
    await send(this.submitter, this.cast.clinician, {
      type: 'consent:RequestConsent',
      body: { patient: this.patient.id, consent, purpose, legalBasis: 'consent', scope, form },
      ...rest,
    });
    return send(this.submitter, this.patient, {
      type: 'consent:GiveConsent',
      body: {
        purpose,
        consent,
        ...this.formOf(purpose),
        clauses: [{ clause: 'purpose', agreed: true }],
      },
      ...rest,
    });
  }

  /**
   * The physician orders; the chain of identity is assigned.
   * @param second what else the order says of its second line
   */
  order(
    parties: readonly string[] = PARTIES,
    rest: Pick<Message, 'at' | 'lateReason'> = {},
    second: { readonly containers?: number } = {},
  ): Promise<Committed> {
    const { definition } = this;
    return this.say(
      this.cast.clinician,
      'therapy:OrderTherapy',
      {
        patient: this.patient.id,
        process: { id: definition.id, version: definition.version, hash: processHash(definition) },
        parties,
        jurisdiction: 'DE',
        orderLines: [
          { dose: 1, day: 50, site: WARD, depot: PHARMACY, slot: 'slot-1' },
          { dose: 2, day: 71, site: WARD, depot: PHARMACY, slot: 'slot-2', ...second },
        ],
      },
      rest,
    );
  }

  /** A sample is taken by one person and confirmed by another. */
  async collect(
    item: string,
    kind: string,
    by: Person,
    occasion: string,
    confirms?: string,
  ): Promise<Committed> {
    await this.say(by, 'custody:CollectItem', {
      item,
      kind,
      occasion,
      ...(confirms === undefined ? {} : { confirms }),
    });
    return this.say(this.cast.clinician, 'custody:ConfirmCollection', { item });
  }

  /** Tumour and blood, and a second blood sample on another occasion by another collector. */
  async collectAll(): Promise<void> {
    const { cast, things } = this;
    await this.collect(things.tumour, 'tumour-ffpe', cast.collector, 'visit-1');
    await this.collect(things.blood, 'blood-edta', cast.collector, 'visit-1');
    await this.collect(
      things.secondBlood,
      'blood-edta',
      cast.secondCollector,
      'visit-2',
      things.blood,
    );
  }

  /** An item is handed from one person to another of another organisation, in two signed halves. */
  async handOver(item: string, from: Person, to: Person): Promise<Committed> {
    const handOff = await this.release(item, from, to.organisation);
    return this.receive(item, to, handOff);
  }

  /** The first half of a hand-off; gives its id. */
  async release(item: string, from: Person, to: string): Promise<string> {
    const handOff = `hand-off-${this.making}-${++this.#handOffs}`;
    await this.say(from, 'custody:ReleaseItem', {
      item,
      handOff,
      to,
      seals: ['SEAL-0001'],
      condition: 'intact',
      labelRead: item,
      identityCheck: 'match',
    });
    return handOff;
  }

  /** The second half of a hand-off. */
  receive(item: string, by: Person, handOff: string): Promise<Committed> {
    return this.say(by, 'custody:ReceiveItem', {
      item,
      handOff,
      verdict: 'accepted',
      condition: 'intact',
      seals: ['SEAL-0001'],
      labelRead: item,
    });
  }

  /** What a logger measured on the way, degrees Celsius, a tenth of a second apart. */
  readings(item: string, by: Person, temperaturesC: readonly number[]): Promise<Committed> {
    const now = Date.now();
    return this.say(by, 'custody:RecordReadings', {
      item,
      logger: 'logger-1',
      readings: temperaturesC.map((temperatureC, index) => ({
        at: new Date(now - (temperaturesC.length - index) * 100).toISOString(),
        temperatureC,
      })),
    });
  }

  /** Items go from one organisation to another by courier, with readings on the way. */
  async ship(
    items: readonly string[],
    from: Person,
    to: Person,
    temperatureC: (item: string) => number,
  ) {
    for (const item of items) {
      await this.handOver(item, from, this.cast.courier);
      await this.readings(item, this.cast.courier, [temperatureC(item)]);
      await this.handOver(item, this.cast.courier, to);
    }
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
