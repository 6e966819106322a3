import { z } from 'zod';
import { ofException } from '../annulling/exception.js';
import { explanationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { reasonsOfHalt } from '../gates/blocks.js';
import { isOutOfSpecification, reasonsOfNoException } from '../gates/exception.js';
import { upstreamOf } from '../graph/upstream.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import { linksOfRelease } from '../manufacturing/release-batch.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { onlyParties } from '../standing/refuse.js';
import { coi, localId } from '../values/identifiers.js';

const requestExceptionBody = z.strictObject({ coi, exception: localId, batch: localId });

export const requestException = definePermission({
  type: 'care:RequestException',
  roles: ['clinician'],
  signature: 'own',
  annexes: [{ name: 'explanation', required: true, content: explanationContent }],
  body: requestExceptionBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({ whole: await readWholeTherapy(reader, body.coi) }),
  standing: ({ whole }, _command, context) => onlyParties(whole.therapy, context),
  annulling: ofException,
  decide: decideRequestException,
});

/** A physician asks that a batch outside its specification be supplied, where the process and the law let that be (A11). */
export function decideRequestException(
  { whole }: { readonly whole: WholeTherapy },
  command: Command<z.infer<typeof requestExceptionBody>>,
  context: Context,
): PermissionDecision {
  const { coi: chain, exception: id, batch: batchId } = command.body;
  const batch = whole.batches.get(batchId);
  const reasons: Reason[] = [...reasonsOfNoException(whole), ...reasonsOfHalt(whole.therapy)];
  if (whole.exceptions.some((each) => each.id === id)) {
    reasons.push({ code: 'IDENTIFIER_TAKEN', subject: `exception ${id}` });
  }
  if (!batch) reasons.push({ code: 'UNKNOWN_BATCH', subject: `batch ${batchId}` });
  else reasons.push(...reasonsOfBatch(whole, batchId));
  const explanation = command.annex?.['explanation'] ?? '';
  return permitUnless(reasons, () => [
    {
      noun: 'exception',
      coi: chain,
      id,
      batch: batchId,
      requested: { ...signedBy(command, context), explanation },
      notified: [],
    },
  ]);
}

function reasonsOfBatch(whole: WholeTherapy, id: string): readonly Reason[] {
  const subject = `batch ${id}`;
  const { recall, certification } = whole.batches.get(id) ?? {};
  if (recall) return [{ code: 'RECALLED', subject, found: recall.reason }];
  if (certification) return [{ code: 'ALREADY_CERTIFIED', subject }];
  if (isOutOfSpecification(whole, upstreamOf(whole, linksOfRelease(whole, id)))) return [];
  return [{ code: 'WITHIN_SPECIFICATION', subject, expected: 'a failed check', found: 'none' }];
}
