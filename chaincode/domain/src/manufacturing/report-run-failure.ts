import { z } from 'zod';
import { ofRunFailure } from '../annulling/recall.js';
import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import type { Claim } from '../nouns/alarm.js';
import { type EarlyRecall, recallOf } from '../nouns/early-recall.js';
import type { Run, RunFailure } from '../nouns/run.js';
import { signedBy } from '../nouns/signed.js';
import { alarmUnless } from '../standing/claim.js';
import { ofOwner } from '../standing/people.js';
import { localId } from '../values/identifiers.js';
import { type RunFailureReason, runFailureReason } from '../values/words.js';

const reportRunFailureBody = z
  .strictObject({
    run: localId,
    reason: runFailureReason,
    /** of index hopping: how many of a thousand reads were given to another sample */
    perMille: z.int().min(1).max(1000).optional(),
  })
  .refine(({ reason, perMille }) => (reason === 'index-hopping') === (perMille !== undefined), {
    path: ['perMille'],
    error: 'the measured rate of index hopping, and of nothing else',
  });
type Body = z.infer<typeof reportRunFailureBody>;

export const reportRunFailure = defineFact({
  type: 'manufacturing:ReportRunFailure',
  roles: ['operator', 'lab', 'quality', 'release-person', 'safety-officer'],
  signature: 'own',
  annexes: [],
  body: reportRunFailureBody,
  scope: (body) => ({ kind: 'run', id: body.run }),
  reads: async (reader, { body: { run, reason } }, { actor: { organisation } }) => ({
    existing: await reader.get('run', { id: run }),
    early: await reader.get('early-recall', earlyFailureOfRun(run, reason, organisation)),
  }),
  standing: ({ existing }, { body }, context) =>
    alarmUnless(ofOwner(existing, context), claimOf(body)),
  annulling: ofRunFailure,
  decide: decideReportRunFailure,
});

/**
 * What concerns a run as a whole is said once by whom it belongs to (C1, D2), as a lot's recall is: nothing but the run's own
 * record is written, which every gate reads of each attempt upstream (`graph/failed-runs.ts`). Of what nobody has registered
 * it counts from the registration on, where who said it registers it.
 */
export function decideReportRunFailure(
  state: {
    readonly existing: Run | undefined;
    /** the same by the same organisation before there is a run */
    readonly early?: EarlyRecall | undefined;
  },
  command: Command<Body>,
  context: Context,
): FactDecision {
  const recording = new Recording(command, context);
  const { run: id, reason, perMille } = command.body;
  const { existing: run, early } = state;
  const measured = perMille === undefined ? {} : { perMille };
  const failure = { ...signedBy(command, context), reason, ...measured };
  const failures = run?.failures ?? [];
  if (run && !failures.some((each) => saysAsMuch(each, failure)))
    recording.put({ ...run, failures: [...failures, failure] });
  if (!run && !recallOf(early)) {
    const { organisation } = context.actor;
    const where = earlyFailureOfRun(id, reason, organisation);
    recording.put({ noun: 'early-recall', ...where, recall: failure });
  }
  if (run && !run.annulled) return recording.done();
  recording.deviate({ code: 'UNKNOWN_RUN', classification: 'critical', found: id });
  return { ...recording.done(), claims: run ? [] : [claimOf(command.body)] };
}

/** Whether a finding that stands says the same, or of index hopping that it was at least as much. */
function saysAsMuch(one: RunFailure, other: RunFailure): boolean {
  const { reason, annulled, perMille = 0 } = one;
  return reason === other.reason && !annulled && perMille >= (other.perMille ?? 0);
}

function claimOf({ run: id, reason }: Body): Claim {
  const claim = reason === 'sample-sheet-mixed' ? 'identity' : 'other';
  return { subject: { kind: 'run', id }, claim };
}

/** Where an organisation's finding of a run stands until the run is registered. */
export function earlyFailureOfRun(id: string, reason: RunFailureReason, organisation: string) {
  return { scope: { kind: 'run', id }, subject: `run ${id}, ${reason}`, organisation } as const;
}
