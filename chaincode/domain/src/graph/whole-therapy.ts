import type { Reader } from '../commands/reader.js';
import type { Alarm } from '../nouns/alarm.js';
import type { Alert } from '../nouns/alert.js';
import type { Annulment } from '../nouns/annulment.js';
import type { Batch } from '../nouns/batch.js';
import type { Dataset } from '../nouns/dataset.js';
import type { DecisionToGoOn } from '../nouns/decision.js';
import type { Design } from '../nouns/design.js';
import type { Deviation } from '../nouns/deviation.js';
import type { Dose } from '../nouns/dose.js';
import type { DosePass } from '../nouns/dose-pass.js';
import type { Exception } from '../nouns/exception.js';
import type { Investigation } from '../nouns/investigation.js';
import type { Item } from '../nouns/item.js';
import type { Lot } from '../nouns/lot.js';
import type { Override } from '../nouns/override.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { RecallDecision } from '../nouns/recall-decision.js';
import type { Entity, EntityOf, Noun } from '../nouns/registry.js';
import type { Readings } from '../nouns/readings.js';
import type { Run } from '../nouns/run.js';
import { runsOf, type StepAttempt } from '../nouns/step.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Verification } from '../nouns/verification.js';
import { withRuns } from './failed-runs.js';
import { nameOfAttempt } from './links.js';

/**
 * Everything that the ledger holds of one therapy, and the shared things that it names: what every gate asks. No client
 * chooses what of it is looked at.
 */
export interface WholeTherapy {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly items: ReadonlyMap<string, Item>;
  /** by {@link nameOfAttempt}, each with what was found of the run that it was done in */
  readonly attempts: ReadonlyMap<string, StepAttempt>;
  readonly datasets: ReadonlyMap<string, Dataset>;
  readonly designs: ReadonlyMap<string, Design>;
  readonly batches: ReadonlyMap<string, Batch>;
  readonly doses: ReadonlyMap<string, Dose>;
  /** by the dose that each is for */
  readonly overrides: ReadonlyMap<string, Override>;
  readonly decisions: ReadonlyMap<string, DecisionToGoOn>;
  readonly passes: ReadonlyMap<string, DosePass>;
  readonly verifications: ReadonlyMap<string, Verification>;
  readonly readings: readonly Readings[];
  /** the therapy's, and those about the lots and runs that it names */
  readonly alarms: readonly Alarm[];
  readonly investigations: readonly Investigation[];
  /** those on record, and what the owners of its runs found of them as a whole */
  readonly deviations: ReadonlyMap<string, Deviation>;
  readonly annulments: readonly Annulment[];
  readonly alerts: readonly Alert[];
  readonly exceptions: readonly Exception[];
  readonly recallDecisions: readonly RecallDecision[];
  readonly lots: ReadonlyMap<string, Lot>;
  readonly runs: ReadonlyMap<string, Run>;
  /** every run of which its owner found something, also one whose registration was entered in error */
  readonly failedRuns: ReadonlyMap<string, Run>;
  /** every lot that is recalled, also one whose registration was entered in error */
  readonly recalledLots: ReadonlyMap<string, Lot>;
}

/**
 * Reads the therapy's state in one range, and each lot and run that it names with the alarms about it.
 * @throws VeinledgerError UNKNOWN_COI, UNKNOWN_PROCESS, RANGE_CUT, TOO_MANY_READS
 */
export async function readWholeTherapy(reader: Reader, coi: string): Promise<WholeTherapy> {
  const therapy = await reader.therapy(coi);
  const { definition } = await reader.processOf(therapy);
  const entities = await reader.wholeTherapy(coi);
  const attempts = of('step', entities);
  const reports = attempts.flatMap(({ report }) => (report ? [report] : []));
  const again = attempts.flatMap(({ repeated = [] }) => repeated);
  const lots = distinct([...reports, ...again].flatMap((report) => report.lots));
  const runs = distinct(attempts.flatMap(runsOf));
  const shared = await Promise.all([
    ...lots.map((id) => reader.get('lot', { id })),
    ...runs.map((id) => reader.get('run', { id })),
  ]);
  const alarms = await Promise.all([
    ...lots.map((id) => reader.range('alarm', { scope: { kind: 'lot', id } })),
    ...runs.map((id) => reader.range('alarm', { scope: { kind: 'run', id } })),
  ]);
  return wholeTherapyOf(therapy, definition, [
    ...entities,
    ...shared.filter((each) => each !== undefined),
    ...alarms.flat(),
  ]);
}

/** A therapy with its entities by their ids. */
export function wholeTherapyOf(
  therapy: Therapy,
  definition: ProcessDefinition,
  entities: readonly Entity[],
): WholeTherapy {
  const runs = of('run', entities);
  const { attempts, deviations } = withRuns({
    coi: therapy.coi,
    attempts: of('step', entities),
    deviations: of('deviation', entities),
    runs,
  });
  return {
    therapy,
    definition,
    items: byId(of('item', entities)),
    attempts: new Map(attempts.map((each) => [nameOfAttempt(each), each])),
    datasets: byId(of('dataset', entities)),
    designs: byId(of('design', entities)),
    batches: byId(of('batch', entities)),
    doses: byId(of('dose', entities)),
    overrides: byId(of('override', entities)),
    decisions: byId(of('decision', entities)),
    passes: byId(of('dose-pass', entities)),
    verifications: byId(of('verification', entities)),
    readings: of('readings', entities),
    alarms: of('alarm', entities),
    investigations: of('investigation', entities),
    deviations: byId(deviations),
    annulments: of('annulment', entities),
    alerts: of('alert', entities),
    exceptions: of('exception', entities),
    recallDecisions: of('recall-decision', entities),
    lots: byId(of('lot', entities).filter(({ annulled }) => !annulled)),
    runs: byId(runs.filter(({ annulled }) => !annulled)),
    failedRuns: byId(runs.filter(({ failures }) => failures !== undefined)),
    recalledLots: byId(of('lot', entities).filter(({ recall }) => recall !== undefined)),
  };
}

function of<N extends Noun>(noun: N, entities: readonly Entity[]): readonly EntityOf<N>[] {
  return entities.filter((each): each is EntityOf<N> => each.noun === noun);
}

function byId<T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((each) => [each.id, each]));
}

function distinct(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
