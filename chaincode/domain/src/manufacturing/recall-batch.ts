import { z } from 'zod';
import { ofRecall } from '../annulling/manufacturing.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { coi, localId } from '../values/identifiers.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Batch } from '../nouns/batch.js';
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
  reads: async (reader, { body }) => ({
    therapy: await reader.therapy(body.coi),
    batch: await reader.get('batch', { coi: body.coi, id: body.batch }),
  }),
  standing: ({ therapy }, { body: { coi, batch: id, reason } }, context) =>
    alarmUnless(ofQuality(therapy, context), {
      subject: { kind: 'batch', coi, id },
      claim: reason === 'identity' || reason === 'labelling' ? 'identity' : 'other',
    }),
  annulling: ofRecall,
  decide: decideRecallBatch,
});

/** A batch is called back. It is written in the batch's own record, which every gate reads. */
export function decideRecallBatch(
  state: { readonly therapy: Therapy; readonly batch: Batch | undefined },
  command: Command<z.infer<typeof recallBatchBody>>,
  context: Context,
): FactDecision {
  const recording = new Recording(command, context);
  const { batch } = state;
  if (batch) {
    return recording
      .about(batch)
      .put({
        ...batch,
        recall: batch.recall ?? { ...signedBy(command, context), reason: command.body.reason },
      })
      .done();
  }
  const finding = {
    code: 'UNKNOWN_BATCH',
    classification: 'critical',
    found: command.body.batch,
  } as const;
  return recording.deviate(finding, state.therapy).done();
}
