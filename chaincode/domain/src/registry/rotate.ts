import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { keyIds, type PublicKeys, publicKeysSchema } from '../signing/keys.js';
import type { Reason } from '../nouns/reason.js';
import { ROLES } from '../values/roles.js';
import { type Signed, signedBy } from '../nouns/signed.js';
import type { Actor } from '../nouns/actor.js';
import type { KeyHolder } from '../nouns/key-holder.js';
import { heldBy, reasonsOfHolders } from './key-holders.js';
import type { FormerKeys } from '../nouns/former-keys.js';
import { possessionProof } from '../signing/possession.js';
import { provenKeys } from './proven-keys.js';
import { everybodyEntitled } from '../standing/refuse.js';

const rotateKeysBody = z.strictObject({ keys: publicKeysSchema, proof: possessionProof });

export const rotateKeys = definePermission({
  type: 'registry:RotateKeys',
  roles: ROLES,
  signature: 'own',
  annexes: [],
  body: rotateKeysBody,
  scope: consortiumScope,
  reads: async (reader, { actor, body }, context) => ({
    holder: await reader.get('actor', { id: actor }),
    ...(await provenKeys(reader, actor, body, context)),
  }),
  standing: everybodyEntitled,
  annulling: 'never',
  decide: decideRotate,
});

export interface RotateState {
  /** the actor as it is enrolled */
  readonly holder: Actor | undefined;
  /** keys of the actor's past with the new Ed25519 key */
  readonly former: FormerKeys | undefined;
  /** who has or had the new keys */
  readonly holders: readonly KeyHolder[];
}

/**
 * An actor replaces its own keys, by a command that the old keys sign. Whether the new ones are in its hands was shown
 * by their proof. What the old keys signed stays valid by ledger order; from the commit on they sign nothing new.
 */
export function decideRotate(
  state: RotateState,
  command: Command<z.infer<typeof rotateKeysBody>>,
  context: Context,
): PermissionDecision {
  const { holder } = state;
  const subject = `actor ${command.actor}`;
  if (!holder) return { decision: 'refused', reasons: [{ code: 'NO_SUCH_ACTOR', subject }] };
  const { keys } = command.body;
  return permitUnless(reasonsAgainstKeys(holder, keys, state), () => [
    { ...holder, keys, keysSince: context.transactionTime },
    formerKeys(holder, context, signedBy(command, context), 'rotated'),
    ...heldBy(holder.id, keys),
  ]);
}

/** Why keys do not take the place of an actor's: one of them is or was the actor's already, or somebody else's. */
export function reasonsAgainstKeys(
  holder: Actor,
  keys: PublicKeys,
  { former, holders }: Pick<RotateState, 'former' | 'holders'>,
): readonly Reason[] {
  const subject = `actor ${holder.id}`;
  const others = holders.filter(({ actor }) => actor !== holder.id);
  const same = holder.keys.ed25519 === keys.ed25519 || holder.keys.mlDsa65 === keys.mlDsa65;
  const reused = same || former !== undefined || others.length < holders.length;
  return [
    ...(reused ? [{ code: 'KEY_REUSED' as const, subject, expected: 'two new keys' }] : []),
    ...reasonsOfHolders(others),
  ];
}

/** The keys that end with a decision, as the ledger remembers them. */
export function formerKeys(
  holder: Actor,
  context: Context,
  endedBy: Signed,
  end: FormerKeys['end'],
): FormerKeys {
  return {
    noun: 'former-keys',
    actor: holder.id,
    kid: keyIds(holder.keys).ed25519,
    keys: holder.keys,
    from: holder.keysSince ?? holder.enrolledAt,
    until: context.transactionTime,
    endedBy,
    end,
  };
}
