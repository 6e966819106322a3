import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { Actor } from '../nouns/actor.js';
import type { Governance } from '../nouns/governance.js';
import { type KeyShare, sealedKey } from '../nouns/key-share.js';
import type { PersonKey } from '../nouns/person-key.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { actorId, digest } from '../values/identifiers.js';
import { everybodyEntitled } from '../standing/refuse.js';
import { requireGovernance } from './governance.js';
import { hasLeft, type PersonKeyState, readPersonKey } from './person-key.js';

/** How many copies one command carries: as many as fit into its 128 KiB. */
export const MAX_SEALED = 32;

const sharePersonKeyBody = z.strictObject({
  key: digest,
  /** the current one, which this one takes the place of */
  replaces: digest.optional(),
  sealed: z
    .array(z.strictObject({ registrar: actorId, file: sealedKey }))
    .min(1)
    .max(MAX_SEALED),
});

export const sharePersonKey = definePermission({
  type: 'registry:SharePersonKey',
  roles: ['registrar'],
  signature: 'own',
  annexes: [],
  body: sharePersonKeyBody,
  scope: consortiumScope,
  reads: async (reader, { body }) => ({
    ...(await readPersonKey(reader)),
    governance: requireGovernance(await reader.get('governance', {})),
    receivers: await Promise.all(
      body.sealed.map(async ({ registrar }) => ({
        actor: await reader.get('actor', { id: registrar }),
        share: await reader.get('key-share', { registrar }),
      })),
    ),
  }),
  standing: everybodyEntitled,
  annulling: 'never',
  decide: decideSharePersonKey,
});
type Body = z.infer<typeof sharePersonKeyBody>;

interface Receiver {
  readonly actor: Actor | undefined;
  readonly share: KeyShare | undefined;
}

export interface ShareState extends PersonKeyState {
  readonly governance: Pick<Governance, 'members'>;
  /** to whom the copies are sealed, in the body's order */
  readonly receivers: readonly Receiver[];
}

/**
 * A registrar shares the key of persons' digests: the first one, a copy of the current one with those who are new, or a new
 * one in its place. A new one goes to all who hold the current one and have not left, so that nobody is shut out by it;
 * whoever left does not get it. What a copy holds only its receiver can tell.
 */
export function decideSharePersonKey(
  state: ShareState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { current, governance, receivers } = state;
  const by = signedBy(command, context);
  const reasons = [
    ...receivers.flatMap((each, index) =>
      reasonsOfReceiver(each, governance, body.sealed[index]?.registrar),
    ),
    ...repeated(body),
    ...(current?.id === body.key
      ? reasonsOfCopy(current, command)
      : reasonsOfNewKey(state, command)),
  ];
  return permitUnless(reasons, () => [
    keyAfter(current, body, by),
    ...receivers.flatMap(({ share }, index) => {
      const { file } = body.sealed[index] ?? {};
      return share && file !== undefined ? [{ ...share, sealed: { key: body.key, file, by } }] : [];
    }),
  ]);
}

function keyAfter(
  current: PersonKey | undefined,
  { key, sealed }: Body,
  shared: PersonKey['shared'],
): PersonKey {
  const receiving = sealed.map(({ registrar }) => registrar);
  if (current?.id === key) {
    return { ...current, holders: [...new Set([...current.holders, ...receiving])] };
  }
  const replaces = current ? { replaces: current.id } : {};
  return { noun: 'person-key', id: key, ...replaces, shared, holders: receiving };
}

function reasonsOfReceiver(
  { actor, share }: Receiver,
  governance: ShareState['governance'],
  id = '',
): readonly Reason[] {
  const subject = `actor ${id}`;
  if (!actor?.roles.includes('registrar') || hasLeft(actor, governance)) {
    return [{ code: 'NOT_A_REGISTRAR', subject, expected: 'an active registrar' }];
  }
  if (share) return [];
  return [{ code: 'NO_RECIPIENT', subject, expected: 'registry:StateRecipient by them first' }];
}

function repeated({ sealed }: Body): readonly Reason[] {
  const ids = sealed.map(({ registrar }) => registrar);
  return ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => ({ code: 'SEALED_TWICE', subject: `actor ${id}` }));
}

function reasonsOfCopy(current: PersonKey, { actor, body }: Command<Body>): readonly Reason[] {
  const subject = 'person key';
  if (body.replaces !== undefined) return [{ code: 'SAME_PERSON_KEY', subject, found: body.key }];
  if (current.holders.includes(actor)) return [];
  return [{ code: 'NOT_A_HOLDER', subject, expected: current.holders.join(), found: actor }];
}

function reasonsOfNewKey(
  { current, left }: ShareState,
  { actor, body }: Command<Body>,
): readonly Reason[] {
  const reasons: Reason[] = [];
  if (body.replaces !== current?.id) {
    const expected = current?.id ?? 'nothing, since none is shared';
    const found = body.replaces ?? 'none';
    reasons.push({ code: 'OTHER_PERSON_KEY', subject: 'person key', expected, found });
  }
  const receiving = new Set(body.sealed.map(({ registrar }) => registrar));
  const staying = (current?.holders ?? []).filter((id) => !left.includes(id));
  const full = body.sealed.length === MAX_SEALED;
  for (const id of full ? [actor] : new Set([actor, ...staying])) {
    if (receiving.has(id)) continue;
    reasons.push({ code: 'REGISTRAR_LEFT_OUT', subject: `actor ${id}` });
  }
  for (const id of left.filter((each) => receiving.has(each))) {
    reasons.push({ code: 'REGISTRAR_LEFT', subject: `actor ${id}` });
  }
  return reasons;
}
