import { registerShared } from '../../journey/chapters.js';
import { TherapyJourney } from '../../journey/therapy-journey.js';
import type { Trace } from '../../demo/trace.js';
import { type Figure, figure, figureWithGoal, percentile } from '../figures.js';
import type { Print } from '../progress.js';
import type { Sizes } from '../sizes.js';
import type { Stage } from '../stage.js';
import { decideAlone, decideAmongFacts } from './decide.js';
import { DoseAtBedside } from './dose-at-bedside.js';
import { amongFactsFigures, KEYS, type Keys, onKeys, timeFigures } from './figures.js';

/** Numbers the therapies behind those that fill the ledger. */
const FIRST_SERIAL = 9_001;
/** Decisions that warm up what decides: they are not counted. */
const UNCOUNTED = 20;
const GOAL_P95_MS: Readonly<Record<Keys, number>> = { 300: 50, 1000: 120 };
const GOAL_RATIO = 1.3;

/** Doses that wait on a ledger which grows beside them. */
export class DosesOnLedger {
  readonly #doses: ReadonlyMap<Keys, DoseAtBedside>;
  readonly #sizes: Sizes['doses'];
  readonly #print: Print;
  readonly #small = new Map<Keys, readonly number[]>();

  private constructor(
    doses: ReadonlyMap<Keys, DoseAtBedside>,
    sizes: Sizes['doses'],
    print: Print,
  ) {
    this.#doses = doses;
    this.#sizes = sizes;
    this.#print = print;
  }

  /** Plays the therapies to the ward, and lets their state grow. */
  static async play(stage: Stage, sizes: Sizes['doses'], print: Print): Promise<DosesOnLedger> {
    const { submitter, cast, patient } = stage;
    await registerShared(submitter, cast);
    const doses = new Map<Keys, DoseAtBedside>();
    for (const [index, keys] of KEYS.entries()) {
      print(onKeys('a dose', sizes.keys[keys]));
      const serial = FIRST_SERIAL + index;
      const journey = new TherapyJourney({ submitter, cast, patient, serial });
      const dose = await DoseAtBedside.play(journey, ({ coi }) =>
        submitter.read<Trace>(cast.clinician, `/v1/therapies/${coi}/trace`),
      );
      await dose.growTo(sizes.keys[keys]);
      doses.set(keys, dose);
    }
    return new DosesOnLedger(doses, sizes, print);
  }

  /** Decides each dose while the ledger is small, alone and among facts. */
  async onSmall(): Promise<readonly Figure[]> {
    const figures: Figure[] = [];
    for (const [keys, dose] of this.#doses) {
      const times = await this.#decide(dose);
      this.#small.set(keys, times);
      const name = onKeys('dose decided', this.#sizes.keys[keys]);
      figures.push(...timeFigures(name, times, GOAL_P95_MS[keys]));
    }
    return figures;
  }

  /** Decides them again when it has grown, and says what that cost; among facts last, since they make therapies grow. */
  async onLarge(records: number): Promise<readonly Figure[]> {
    const figures: Figure[] = [];
    for (const [keys, dose] of this.#doses) {
      const times = await this.#decide(dose);
      const name = `${onKeys('dose decided', this.#sizes.keys[keys])} at ${records} records`;
      const ratio = percentile(times, 0.95) / percentile(this.#small.get(keys) ?? [], 0.95);
      figures.push(
        figure(`${name}, p95`, percentile(times, 0.95), 'ms'),
        figureWithGoal(`${name}, p95 of that before`, ratio, 'ratio', 'at most', GOAL_RATIO),
      );
    }
    this.#print('deciding doses while facts come into their therapies');
    for (const [keys, dose] of this.#doses) {
      const times = await decideAmongFacts(dose, this.#sizes.amongFacts);
      figures.push(...amongFactsFigures(this.#sizes.keys[keys], times));
    }
    return figures;
  }

  async #decide(dose: DoseAtBedside): Promise<readonly number[]> {
    const { decisions } = this.#sizes;
    return (await decideAlone(dose, UNCOUNTED + decisions)).slice(UNCOUNTED);
  }
}
