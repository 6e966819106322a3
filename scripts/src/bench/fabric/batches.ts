import { type Message, type Person, signMessage } from '../../journey/submitter.js';
import { KINDS } from './names.js';
import { aliquotNames, type Sample, splitting } from './samples.js';
import type { FabricStage } from './stage.js';
import { RECORDS_A_BATCH, type Workload } from './workload.js';

/** One command of a logger's fifty readings. */
export function readingReports(stage: FabricStage, samples: readonly Sample[]): Workload {
  return batches(stage, { name: KINDS.readings, share: 1 }, samples, (sample) => reading(sample));
}

/** One command that makes fifty items, each with a record and an index entry of its own. */
export function splits(stage: FabricStage, samples: readonly Sample[]): Workload {
  return batches(stage, { name: KINDS.items, share: 0.2 }, samples, (sample, serial) =>
    splitting(sample, aliquotNames(`batch-${serial}`, RECORDS_A_BATCH)),
  );
}

function batches(
  { submitter, cast }: FabricStage,
  what: Pick<Workload, 'name' | 'share'>,
  samples: readonly Sample[],
  message: (sample: Sample, serial: number) => Message,
): Workload {
  let serial = 0;
  const by: Person = cast.collector;
  return {
    ...what,
    records: RECORDS_A_BATCH,
    async prepare(count) {
      const messages = Array.from({ length: count }, () => {
        const sample = samples[serial % samples.length];
        if (!sample) throw new Error('no sample to report on');
        serial += 1;
        return message(sample, serial);
      });
      const signed = await Promise.all(
        messages.map((each) => signMessage(submitter.network, by, each)),
      );
      return signed.map((each) => ({ invocation: submitter.invocation(by, each) }));
    },
  };
}

function reading({ coi, item }: Sample): Message {
  const now = Date.now();
  const readings = Array.from({ length: RECORDS_A_BATCH }, (_, index) => ({
    at: new Date(now - (RECORDS_A_BATCH - index) * 1000).toISOString(),
    temperatureC: 21 + (index % 10) / 10,
  }));
  const body = { coi, item, logger: 'logger-1', readings };
  return { type: 'custody:RecordReadings', body };
}
