import { availableParallelism } from 'node:os';
import { signMessage } from '../../journey/submitter.js';
import { endedOnSignal } from '../../ended-on-signal.js';
import { type Figure, figure } from '../figures.js';
import type { Print } from '../progress.js';
import { carried, puts, unchecked } from './baseline.js';
import { readingReports, splits } from './batches.js';
import { measureDoses } from './doses.js';
import { handOffs, releasing } from './hand-offs.js';
import { KINDS } from './names.js';
import { runWorkloads } from './run.js';
import { splitSamples, takeSamples } from './samples.js';
import { aliquotsFor, type FabricSizes } from './sizes.js';
import { type FabricStage, openFabricStage } from './stage.js';
import { stepReports } from './step-reports.js';
import { fabricFigures } from './summary.js';
import type { Workload } from './workload.js';

/** What a real network takes of veinledger's commands, held against bare puts on the same network in the same run. */
export async function measureFabric(
  directory: string,
  sizes: FabricSizes,
  print: Print,
): Promise<readonly Figure[]> {
  const stage = await openFabricStage(directory, print);
  return endedOnSignal(stage, async () => {
    print(`enrolled on ${stage.version}; ordering ${sizes.therapies} therapies`);
    const workloads = await workloadsOf(stage, sizes);
    const records = await runWorkloads(stage, workloads, sizes, print);
    const machine = figure(`${stage.version}: cores of this machine`, availableParallelism(), '');
    const doses = await measureDoses(stage, sizes.doses, print);
    return [machine, ...fabricFigures(records, workloads, sizes), ...doses];
  });
}

async function workloadsOf(stage: FabricStage, sizes: FabricSizes): Promise<readonly Workload[]> {
  const { submitter: ledger, cast, patient } = stage;
  const samples = await takeSamples(stage, sizes.therapies);
  const aliquots = await splitSamples(stage, samples, aliquotsFor(sizes));
  const [sample] = aliquots;
  if (!sample) throw new Error('no item to hand over');
  const signed = await signMessage(ledger.network, cast.collector, releasing(sample));
  const { submitter } = ledger.invocation(cast.collector, signed);
  return [
    puts(KINDS.small, 16, submitter),
    puts(KINDS.equal, signed.jws.length, submitter),
    carried(KINDS.carried, signed.jws, submitter),
    unchecked(KINDS.unchecked, signed.jws, submitter, [
      ['actor', cast.collector.id],
      ['consortium', 'governance'],
      ['therapy', sample.coi, 'therapy'],
      ['patient', patient.id, 'purpose-consents', 'TREATMENT_MANUFACTURE'],
    ]),
    handOffs(stage, aliquots),
    stepReports(stage, samples),
    readingReports(stage, samples),
    splits(stage, samples),
  ];
}
