import { z } from 'zod';
import { ofRunFailure } from '../annulling/recall.js';
import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import type { Claim } from '../nouns/alarm.js';
import { type EarlyRecall, recallOf } from '../nouns/early-recall.js';
import {
  type Run,
  type RunFailure,
  runFailureSchema,
  saysAsMuch,
  withFinding,
} from '../nouns/run.js';
import { besides } from '../nouns/said-too.js';
import { signedBy } from '../nouns/signed.js';
import { alarmUnless } from '../standing/claim.js';
import { ofOwner } from '../standing/people.js';
import { localId } from '../values/identifiers.js';
import { milliseconds } from '../values/time.js';
import { runFailureReason } from '../values/words.js';

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
  reads: async (reader, { body: { run } }, { actor: { organisation } }) => ({
    existing: await reader.get('run', { id: run }),
    early: await earlyFailuresOfRun(reader, run, organisation),
  }),
  standing: ({ existing }, { body }, context) =>
    alarmUnless(ofOwner(existing, context), claimOf(body)),
  annulling: ofRunFailure,
  decide: decideReportRunFailure,
});

/**
 * What concerns a run as a whole is said by whom it belongs to (C1, D2), as a lot's recall is: nothing but the run's own
 * record is written, which every gate reads of each attempt upstream (`graph/failed-runs.ts`). Who says no more than another
 * says it in the other's finding, and by themselves where that is taken back. Of what nobody has registered it counts from
 * the registration on, where who said it registers it.
 */
export function decideReportRunFailure(
  state: {
    readonly existing: Run | undefined;
    /** what the same organisation found of it before there is a run */
    readonly early: readonly EarlyRecall[];
  },
  command: Command<Body>,
  context: Context,
): FactDecision {
  const recording = new Recording(command, context);
  const { run: id, reason, perMille } = command.body;
  const { existing: run, early } = state;
  const measured = perMille === undefined ? {} : { perMille };
  const failure = { ...signedBy(command, context), reason, ...measured };
  if (run) {
    recording.put({ ...run, failures: [...withFinding(run.failures ?? [], failure)] });
  } else {
    const before = foundBefore(early).find((each) => saysAsMuch(each, failure));
    const found = besides(before, failure);
    const where = earlyFailureOfRun(id, found, context.actor.organisation);
    recording.put({ noun: 'early-recall', ...where, recall: found });
  }
  if (run && !run.annulled) return recording.done();
  recording.deviate({ code: 'UNKNOWN_RUN', classification: 'critical', found: id });
  return { ...recording.done(), claims: run ? [] : [claimOf(command.body)] };
}

function claimOf({ run: id, reason }: Body): Claim {
  const claim = reason === 'sample-sheet-mixed' ? 'identity' : 'other';
  return { subject: { kind: 'run', id }, claim };
}

/** Where an organisation's finding of a run stands until the run is registered: each rate of index hopping by itself. */
export function earlyFailureOfRun(
  id: string,
  { reason, perMille }: Pick<RunFailure, 'reason' | 'perMille'>,
  organisation: string,
) {
  const rate = perMille === undefined ? '' : `, ${perMille} per mille`;
  const subject = `run ${id}, ${reason}${rate}`;
  return { scope: { kind: 'run', id }, subject, organisation } as const;
}

/** What an organisation found of a run that nobody has registered. */
export async function earlyFailuresOfRun(
  reader: Reader,
  id: string,
  organisation: string,
): Promise<readonly EarlyRecall[]> {
  const early = await reader.range('early-recall', { scope: { kind: 'run', id } });
  return early.filter((each) => each.organisation === organisation);
}

/** The findings that stand of them, the earliest first. */
export function foundBefore(early: readonly EarlyRecall[]): readonly RunFailure[] {
  return early
    .flatMap((each) => {
      const found = recallOf(each);
      return found ? [runFailureSchema.parse(found.recall)] : [];
    })
    .sort((one, other) => milliseconds(one.time) - milliseconds(other.time));
}
