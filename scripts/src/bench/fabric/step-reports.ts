import { type Message, send, signMessage } from '../../journey/submitter.js';
import { atOnce } from './at-once.js';
import { KINDS } from './names.js';
import type { Sample } from './samples.js';
import type { FabricStage } from './stage.js';
import type { Workload } from './workload.js';

/** As a command counts them. */
const ATTEMPTS = 99;
const STEP = 'slot-booking';

/** Reports of steps whose start was permitted, each with its results in an annex. */
export function stepReports(
  { submitter, cast }: FabricStage,
  samples: readonly Sample[],
): Workload {
  const { coordinator } = cast;
  const attempts = attemptsOf(samples);
  return {
    ...{ name: KINDS.step, records: 1, share: 0.5 },
    async prepare(count) {
      const started = Array.from({ length: count }, () => {
        const next = attempts.next();
        if (next.done === true) throw new Error('no attempt is left to be reported');
        return next.value;
      });
      await atOnce(started, (attempt) => send(submitter, coordinator, starting(attempt)));
      const messages = started.map((attempt) =>
        signMessage(submitter.network, coordinator, reporting(attempt)),
      );
      const signed = await Promise.all(messages);
      return signed.map((message) => ({ invocation: submitter.invocation(coordinator, message) }));
    },
  };
}

interface Attempt {
  readonly coi: string;
  readonly attempt: number;
}

/** Attempts at a step, of each therapy in turn. */
function* attemptsOf(samples: readonly Sample[]): Generator<Attempt, void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    for (const { coi } of samples) yield { coi, attempt };
  }
}

function starting({ coi, attempt }: Attempt): Message {
  const body = { coi, step: STEP, attempt, inputs: [], datasets: [] };
  return { type: 'manufacturing:StartStep', body };
}

function reporting({ coi, attempt }: Attempt): Message {
  const body = {
    ...{ coi, step: STEP, attempt, inputs: [], outputs: [], inputDatasets: [], datasets: [] },
    ...{ lots: [], equipment: ['equipment-1'], sop: { id: `sop-${STEP}`, version: '1.0' } },
  };
  const results = { results: [{ check: 'lead-times', value: true }] };
  return { type: 'manufacturing:ReportStep', body, annexes: { results } };
}
