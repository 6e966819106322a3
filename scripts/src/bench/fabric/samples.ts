import { send } from '../../journey/submitter.js';
import { chainOfIdentity, din, serialised } from '../../journey/labels.js';
import { sampledTherapy } from '../messages.js';
import { atOnce } from './at-once.js';
import type { FabricStage } from './stage.js';

/** Items that one command makes of a sample. */
const ALIQUOTS = 100;

/** An item with the therapy it belongs to. */
export interface Sample {
  readonly coi: string;
  readonly item: string;
}

/** Orders therapies and takes a sample for each. */
export async function takeSamples(
  { submitter, cast, patient }: FabricStage,
  therapies: number,
): Promise<readonly Sample[]> {
  const { clinician, collector } = cast;
  const speakers = { clinician: clinician.id, patient: patient.id, collectors: [collector.id] };
  const serials = Array.from({ length: therapies }, (_, index) => index + 1);
  await atOnce(serials, async (serial) => {
    for (const { actor, message } of sampledTherapy(speakers, serial)) {
      await send(submitter, actor === clinician.id ? clinician : collector, message);
    }
  });
  return serials.map((serial) => ({ coi: chainOfIdentity(serial), item: din(serial) }));
}

/** Splits samples in turn until there are enough aliquots. */
export async function splitSamples(
  { submitter, cast }: FabricStage,
  samples: readonly Sample[],
  aliquots: number,
): Promise<readonly Sample[]> {
  const made: Sample[] = [];
  const splits = Array.from({ length: Math.ceil(aliquots / ALIQUOTS) }, (_, index) => index);
  await atOnce(splits, async (split) => {
    const sample = samples[split % samples.length];
    if (!sample) throw new Error('no sample to split');
    const items = aliquotNames(`${split}`, ALIQUOTS);
    await send(submitter, cast.collector, splitting(sample, items));
    made.push(...items.map((item) => ({ coi: sample.coi, item })));
  });
  return made;
}

/** Fresh identifiers of aliquots. */
export function aliquotNames(serial: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => serialised('block', `${serial}-${index + 1}`));
}

/** What a collector says who splits a sample. */
export function splitting({ coi, item }: Sample, items: readonly string[]) {
  const children = items.map((child) => ({ item: child, kind: 'block' }));
  const parents = [{ item, consumed: false }];
  return { type: 'custody:DeriveItem', body: { coi, operation: 'split', parents, children } };
}
