import type { z } from 'zod';
import { ofExpiryChange } from '../annulling/expiry.js';
import { reasonsAgainstSecond } from './same-words.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import type { Reader } from '../commands/reader.js';
import { distinct } from '../gates/chain.js';
import { statementsOfExpiryChange } from '../graph/statements.js';
import type { Batch } from '../nouns/batch.js';
import { type ExpiryChange, isExtension } from '../nouns/expiry-change.js';
import { withChanges } from '../nouns/keeping.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { signatureOf } from '../commands/gathered-signature.js';
import { findSuspects } from '../registry/suspects.js';
import { onlyQuality } from '../standing/refuse.js';
import type { Role } from '../values/roles.js';
import { containersAfter } from './containers-after.js';
import {
  readForRelease,
  reasonsAgainstRelease,
  type ReleaseBatchState,
  unknownBatch,
} from '../manufacturing/release-batch.js';
import { expiryBody, stabilityRule } from './shorten-expiry.js';

type Body = z.infer<typeof expiryBody>;

export const extendExpiry = definePermission({
  type: 'quality:ExtendExpiry',
  roles: ['quality', 'release-person'],
  signature: 'own',
  annexes: [stabilityRule],
  body: expiryBody,
  scope: therapyScope,
  reads: readForExtension,
  standing: ({ therapy }, _command, context) => onlyQuality(therapy, context),
  annulling: ofExpiryChange,
  decide: decideExtendExpiry,
});

/** Reads what a release is judged by, and who signed the half that there is. */
async function readForExtension(
  reader: Reader,
  command: Command<Body>,
): Promise<ReleaseBatchState> {
  const state = await readForRelease(reader, command);
  const half = state.batch && halfOf(state.batch, command.body);
  const statements = half ? statementsOfExpiryChange(command.body.batch, half) : [];
  const doubted = await findSuspects(reader, command.body.coi, statements);
  return { ...state, suspects: [...state.suspects, ...doubted] };
}

/**
 * A release person and a second of quality, neither of them a maker, each sign by data on its stability that a certified
 * batch keeps for longer (A9, E3). It is asked of them what a release is asked, by the expiry that it is to have.
 */
export function decideExtendExpiry(
  state: ReleaseBatchState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { batch, whole } = state;
  const { batch: id, expiry: to } = command.body;
  if (!batch) return unknownBatch(command);
  const subject = `batch ${id}`;
  const { expiry: from, expiryChanges = [] } = batch;
  const half = halfOf(batch, command.body);
  const reasons: Reason[] = [
    ...reasonsAgainstRelease(state, { ...batch, expiry: to }, context),
    ...reasonsOfUnreleased(batch),
  ];
  if (!isExtension({ from, to })) {
    reasons.push({ code: 'EXPIRY_NOT_EXTENDED', subject, expected: `after ${from}`, found: to });
  }
  if (half) {
    const words = { from, to };
    reasons.push(...reasonsAgainstSecond({ ...half, subject, words }, words, context));
  }
  return permitUnless(distinct(reasons), () => {
    const stability = command.annex?.['stability'] ?? '';
    const own = { ...signatureOf(command, context), stability };
    const others = expiryChanges.filter((each) => each !== half);
    const signatures = [...(half?.signatures ?? []), own];
    const change: ExpiryChange = half
      ? { from, to, signatures, missing: [], agreed: signedBy(command, context) }
      : { from, to, signatures, missing: rolesMissing(context.actor.roles) };
    const extended = withChanges(batch, [...others, change]);
    return [extended, ...containersAfter(whole, batch, extended)];
  });
}

/** What one person signed of the same extension, of the expiry that the batch still has. */
function halfOf({ expiry, expiryChanges = [] }: Batch, { expiry: to }: Body) {
  return expiryChanges.find(
    (each) => !each.agreed && !each.annulled && each.from === expiry && each.to === to,
  );
}

/** One of the two is a release person. */
function rolesMissing(roles: readonly Role[]): Role[] {
  return roles.includes('release-person') ? ['quality', 'release-person'] : ['release-person'];
}

function reasonsOfUnreleased({ id, review, certification }: Batch): readonly Reason[] {
  const subject = `batch ${id}`;
  return [
    ...(review ? [] : [{ code: 'NOT_REVIEWED' as const, subject }]),
    ...(certification ? [] : [{ code: 'BATCH_NOT_RELEASED' as const, subject }]),
  ];
}
