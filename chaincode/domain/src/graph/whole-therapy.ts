import type { Reader } from '../commands/reader.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Entity, EntityOf, Noun } from '../nouns/registry.js';
import { lotsOf, runsOf } from '../nouns/step.js';
import type { Therapy } from '../nouns/therapy.js';
import { withRuns } from './failed-runs.js';
import { withoutLapsed } from './lapsed.js';
import { nameOfAttempt } from './links.js';
import type { WholeTherapy } from './whole.js';

export type { WholeTherapy };

/**
 * Reads the therapy's state in one range, and each lot and run that it names with the alarms about it.
 * @throws VeinledgerError UNKNOWN_COI, UNKNOWN_PROCESS, RANGE_CUT
 */
export async function readWholeTherapy(reader: Reader, coi: string): Promise<WholeTherapy> {
  const therapy = await reader.therapy(coi);
  const { definition } = await reader.processOf(therapy);
  const entities = await reader.wholeTherapy(coi);
  const attempts = of('step', entities);
  const shared = await reader.shared({
    lot: distinct(attempts.flatMap(lotsOf)),
    run: distinct(attempts.flatMap(runsOf)),
  });
  return wholeTherapyOf(therapy, definition, [...entities, ...shared]);
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
  return withoutLapsed({
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
  });
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
