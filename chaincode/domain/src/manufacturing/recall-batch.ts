import { z } from 'zod';
import { ofRecall } from '../annulling/manufacturing.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { coi, localId } from '../values/identifiers.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Batch } from '../nouns/batch.js';
import { type EarlyRecall, recallOf } from '../nouns/early-recall.js';
import { besides } from '../nouns/said-too.js';
import { signedBy } from '../nouns/signed.js';
import { alarmUnless } from '../standing/claim.js';
import { ofQuality } from '../standing/people.js';

const recallBatchBody = z.strictObject({
  coi,
  batch: localId,
  reason: z.enum([
    'sterility',
    'potency',
    'identity',
    'contamination',
    'labelling',
    'stability',
    'regulator',
  ]),
});

export const recallBatch = defineFact({
  type: 'manufacturing:RecallBatch',
  roles: ['quality', 'release-person', 'safety-officer'],
  signature: 'own',
  annexes: [],
  body: recallBatchBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    return {
      therapy,
      batch: await reader.get('batch', { coi: body.coi, id: body.batch }),
      early: await reader.get('early-recall', earlyRecallOfBatch(therapy, body.batch)),
    };
  },
  standing: ({ therapy }, { body: { coi, batch: id, reason } }, context) =>
    alarmUnless(ofQuality(therapy, context), {
      subject: { kind: 'batch', coi, id },
      claim: reason === 'identity' || reason === 'labelling' ? 'identity' : 'other',
    }),
  annulling: ofRecall,
  decide: decideRecallBatch,
});

/**
 * A batch is called back. It is written in the batch's own record, which every gate reads. A batch that nobody has
 * recorded is recalled from its record on (D2), whatever quality makes of the deviation. Each who recalls it does so, should
 * another have done it by mistake.
 */
export function decideRecallBatch(
  state: {
    readonly therapy: Therapy;
    readonly batch: Batch | undefined;
    /** the recall before there is a batch */
    readonly early?: EarlyRecall | undefined;
  },
  command: Command<z.infer<typeof recallBatchBody>>,
  context: Context,
): FactDecision {
  const recording = new Recording(command, context);
  const { therapy, batch, early } = state;
  const { batch: id, reason } = command.body;
  const recall = { ...signedBy(command, context), reason };
  if (batch)
    return recording
      .about(batch)
      .put({ ...batch, recall: besides(batch.recall, recall) })
      .done();
  const where = earlyRecallOfBatch(therapy, id);
  const said = besides(recallOf(early)?.recall, recall);
  recording.put({ noun: 'early-recall', ...where, recall: said });
  const finding = { code: 'UNKNOWN_BATCH', classification: 'critical', found: id } as const;
  return recording.deviate(finding, therapy).done();
}

/** Where the recall of a batch stands until the batch is recorded: it is its quality's alone. */
export function earlyRecallOfBatch({ coi: id, quality }: Therapy, batch: string) {
  const scope = { kind: 'therapy', id } as const;
  return { scope, subject: `batch ${batch}`, organisation: quality };
}
