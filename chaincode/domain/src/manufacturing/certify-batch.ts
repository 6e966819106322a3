import type { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { openTestsIn, reasonsOfOpenTests } from '../gates/containers.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';
import {
  openTests,
  readForRelease,
  reasonsAgainstRelease,
  type ReleaseBatchState,
  releaseBody,
  unknownBatch,
} from './release-batch.js';
import { onlyQuality } from '../standing/refuse.js';

const certifyBody = releaseBody.extend({
  /** tests that may follow the certification and have no result yet */
  openTests,
});

export const certifyBatch = definePermission({
  type: 'manufacturing:CertifyBatch',
  roles: ['release-person'],
  signature: 'own',
  annexes: [],
  body: certifyBody,
  scope: therapyScope,
  reads: readForRelease,
  standing: ({ therapy }, _command, context) => onlyQuality(therapy, context),
  annulling: 'never',
  decide: decideCertifyBatch,
});

/**
 * Gate H4: the release person certifies what another person reviewed and neither of them made, and names the tests that may
 * follow and are open (A3).
 */
export function decideCertifyBatch(
  state: ReleaseBatchState,
  command: Command<z.infer<typeof certifyBody>>,
  context: Context,
): PermissionDecision {
  const { batch, whole } = state;
  if (!batch) return unknownBatch(command);
  const subject = `batch ${batch.id}`;
  const reasons = [...reasonsAgainstRelease(state, batch, context)];
  reasons.push(...reasonsOfOpenTests(whole, [batch], command.body.openTests));
  if (!batch.review) reasons.push({ code: 'NOT_REVIEWED', subject });
  if (batch.review && isOwnSignature(batch.review, context)) {
    reasons.push({
      code: 'SAME_PERSON',
      subject,
      expected: 'another person than the reviewer',
      found: context.principal,
    });
  }
  if (batch.certification) reasons.push({ code: 'ALREADY_CERTIFIED', subject });
  return permitUnless(reasons, () => [
    {
      ...batch,
      certification: { ...signedBy(command, context), ...openTestsIn(whole, [batch]) },
    },
  ]);
}
