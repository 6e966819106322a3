import { registerShared } from '../../journey/chapters.js';
import { TherapyJourney } from '../../journey/therapy-journey.js';
import type { CommandRecord } from '@veinledger/domain';
import type { Trace } from '../../demo/trace.js';
import { decideAmongFacts } from '../dose/decide.js';
import { DoseAtBedside, requireNoGoAlone } from '../dose/dose-at-bedside.js';
import { amongFactsFigures, KEYS, type Keys, onKeys, timeFigures } from '../dose/figures.js';
import type { Figure } from '../figures.js';
import type { Print } from '../progress.js';
import type { DoseSizes } from '../sizes.js';
import type { FabricStage } from './stage.js';

/** Behind the therapies whose samples are handed over. */
const FIRST_SERIAL = 9_001;
/** Endorsements that warm up the chaincode's process: they are not counted. */
const UNCOUNTED = 20;
const GOAL_P95_MS: Readonly<Record<Keys, number>> = { 300: 30, 1000: 80 };

/** What one peer's endorsement of a dose takes, and how doses get through while facts come into their therapy. */
export async function measureDoses(
  stage: FabricStage,
  sizes: DoseSizes,
  print: Print,
): Promise<readonly Figure[]> {
  const { submitter, cast, patient } = stage;
  await registerShared(submitter, cast);
  const auditor = { mspId: 'RegulatorMSP', label: 'auditor' };
  const figures: Figure[] = [];
  for (const [index, keys] of KEYS.entries()) {
    print(onKeys('a dose', sizes.keys[keys]));
    const serial = FIRST_SERIAL + index;
    const journey = new TherapyJourney({ submitter, cast, patient, serial });
    const dose = await DoseAtBedside.play(journey, ({ coi }) =>
      submitter.read<Trace>(auditor, 'audit:TraceTherapy', coi),
    );
    await dose.growTo(sizes.keys[keys]);
    const times = await endorse(stage, dose, UNCOUNTED + sizes.decisions);
    const name = onKeys('endorsement of a dose', sizes.keys[keys]);
    figures.push(...timeFigures(name, times.slice(UNCOUNTED), GOAL_P95_MS[keys]));
    print('deciding it while facts come into its therapy');
    const among = await decideAmongFacts(dose, sizes.amongFacts);
    figures.push(...amongFactsFigures(sizes.keys[keys], among));
  }
  return figures;
}

/** How long each simulation at one peer took, milliseconds. */
async function endorse(
  { ledger, submitter, cast }: FabricStage,
  dose: DoseAtBedside,
  count: number,
): Promise<readonly number[]> {
  await dose.verify();
  const times: number[] = [];
  for (const asked of await dose.ask(count)) {
    const invocation = submitter.invocation(cast.clinician, asked);
    const started = performance.now();
    const answer = await ledger.evaluate(invocation);
    times.push(performance.now() - started);
    requireNoGoAlone({ receipt: JSON.parse(answer) as CommandRecord });
  }
  return times;
}
