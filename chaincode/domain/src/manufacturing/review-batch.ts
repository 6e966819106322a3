import { type Command, therapyScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { notExcepted } from '../gates/exception.js';
import { signedBy } from '../nouns/signed.js';
import {
  readForRelease,
  reasonsAgainstRelease,
  type ReleaseBatchState,
  type ReleaseBody,
  releaseBody,
  unknownBatch,
} from './release-batch.js';
import { onlyQuality } from '../standing/refuse.js';

export const reviewBatch = definePermission({
  type: 'manufacturing:ReviewBatch',
  roles: ['quality'],
  signature: 'own',
  annexes: [],
  body: releaseBody,
  scope: therapyScope,
  reads: readForRelease,
  standing: ({ therapy }, _command, context) => onlyQuality(therapy, context),
  annulling: 'never',
  decide: decideReviewBatch,
});

/**
 * Gate H3: quality reviewed the batch; every deviation that affects it has been settled, or is what an exception stands in
 * the place of.
 */
export function decideReviewBatch(
  state: ReleaseBatchState,
  command: Command<ReleaseBody>,
  context: Context,
): PermissionDecision {
  const { batch } = state;
  if (!batch) return unknownBatch(command);
  const against = reasonsAgainstRelease(state, batch, context);
  const reasons = [...notExcepted(state.whole, [batch], against)];
  if (batch.review) reasons.push({ code: 'ALREADY_REVIEWED', subject: `batch ${batch.id}` });
  return permitUnless(reasons, () => [{ ...batch, review: signedBy(command, context) }]);
}
