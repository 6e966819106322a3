import type { Trace } from '../../demo/trace.js';
import {
  analysis,
  bedside,
  delivery,
  enrolment,
  production,
  release,
  sequencing,
} from '../../journey/chapters.js';
import { type Committed, type SignedMessage, signMessage } from '../../journey/submitter.js';
import type { TherapyJourney } from '../../journey/therapy-journey.js';

/** Facts that are under way at a time while a therapy grows. */
const GROWING = 16;

/** Reads what the ledger holds of a therapy. */
export type ReadTrace = (journey: TherapyJourney) => Promise<Pick<Trace, 'things'>>;

/** A dose that waits for its physician, in a therapy whose state can be made to grow. */
export class DoseAtBedside {
  readonly journey: TherapyJourney;
  readonly #readTrace: ReadTrace;
  #round = 0;
  #asked = 0;
  #verifications: readonly string[] = [];

  private constructor(journey: TherapyJourney, readTrace: ReadTrace) {
    this.journey = journey;
    this.#readTrace = readTrace;
  }

  /**
   * Plays a therapy from the order to the ward.
   * @throws Error when design or batch is not permitted
   */
  static async play(journey: TherapyJourney, readTrace: ReadTrace): Promise<DoseAtBedside> {
    await enrolment(journey);
    await sequencing(journey);
    requirePermitted('the design', await analysis(journey));
    const { things } = await readTrace(journey);
    const design = things.find((each) => each.noun === 'design');
    if (design?.noun !== 'design') throw new Error('the ledger holds no design');
    await production(journey, design.commitment);
    requirePermitted('the batch', await release(journey));
    await delivery(journey);
    return new DoseAtBedside(journey, readTrace);
  }

  /** State keys of the therapy, its own and its end included. */
  async keys(): Promise<number> {
    const { things } = await this.#readTrace(this.journey);
    return things.length + 2;
  }

  /** Readings of another vial come in until the therapy has so many state keys. */
  async growTo(keys: number): Promise<void> {
    let missing = keys - (await this.keys());
    const worker = async () => {
      while (missing > 0) {
        missing -= 1;
        requireClean(await this.reading());
      }
    };
    await Promise.all(Array.from({ length: GROWING }, worker));
  }

  /** A fact that is told about the therapy: what a logger measured beside a vial. */
  reading(): Promise<Committed> {
    const { cast, things } = this.journey;
    const vial = things.vials[1] ?? things.retainedVial;
    return this.journey.readings(vial, cast.pharmacist, [-72]);
  }

  /** Two staff verify the dose, so that what is asked next rests on it. */
  async verify(): Promise<void> {
    this.#round += 1;
    this.#verifications = await bedside(this.journey, this.journey.things.dose, this.#round);
  }

  /**
   * Signs as many decisions on the dose as are wanted. The physician says no-go: everything is asked as for a dose that is
   * given, and the next decision finds the dose as this one did.
   */
  ask(count: number): Promise<readonly SignedMessage[]> {
    const { coi, cast, submitter, things } = this.journey;
    return Promise.all(
      Array.from({ length: count }, () => {
        this.#asked += 1;
        const body = {
          ...{ coi, dose: `asked-${this.#asked}`, number: 1, item: things.dose },
          ...{ verifications: this.#verifications, fitness: 'no-go', continueAfterLapse: false },
        };
        return signMessage(submitter.network, cast.clinician, {
          type: 'care:AuthoriseDose',
          body,
        });
      }),
    );
  }
}

/**
 * What a decision that was asked for must say: nothing stands in the way of the dose but the physician's own no-go.
 * @throws Error where it says anything else
 */
export function requireNoGoAlone({ receipt }: Pick<Committed, 'receipt'>): void {
  const { decision, reasons } = receipt;
  const [first, ...others] = reasons;
  if (decision === 'refused' && first?.code === 'NOT_FIT' && others.length === 0) return;
  throw new Error(`expected a refusal as NOT_FIT, found ${decision} ${JSON.stringify(reasons)}`);
}

function requirePermitted(what: string, { receipt }: Committed): void {
  if (receipt.decision === 'permitted') return;
  throw new Error(`${what} is ${receipt.decision}: ${JSON.stringify(receipt.reasons)}`);
}

function requireClean({ receipt }: Committed): void {
  if (receipt.deviations.length === 0) return;
  throw new Error(`expected no deviation, found ${JSON.stringify(receipt.deviations)}`);
}
