import { heldBy } from './key-holders.js';
import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { Entity } from '../nouns/registry.js';
import { digest } from '../values/identifiers.js';
import type { Reason } from '../nouns/reason.js';
import { FOUNDING_ALGORITHMS } from './algorithm.js';
import type { Actor } from '../nouns/actor.js';
import type { Bootstrapped } from '../nouns/root.js';
import { type ConsortiumRoot, rootDigest } from '../nouns/consortium-root.js';
import { everybodyEntitled } from '../standing/refuse.js';

const bootstrapBody = z.strictObject({ root: digest });

export const bootstrap = definePermission({
  type: 'registry:Bootstrap',
  roles: ['registrar'],
  signature: 'own',
  annexes: [],
  body: bootstrapBody,
  scope: consortiumScope,
  reads: async (reader) => ({ existing: await reader.get('root', {}) }),
  standing: everybodyEntitled,
  annulling: 'never',
  decide: decideBootstrap,
});

/** Writes the consortium root once: any founder in it may sign, and its digest must be the one agreed on. */
export function decideBootstrap(
  state: { readonly existing: Bootstrapped | undefined },
  command: Command<z.infer<typeof bootstrapBody>>,
  context: Context,
): PermissionDecision {
  const expected = rootDigest(context.root);
  const found = command.body.root;
  const reasons: Reason[] = [];
  if (state.existing) reasons.push({ code: 'ALREADY_BOOTSTRAPPED', found: state.existing.digest });
  if (found !== expected) reasons.push({ code: 'ROOT_DIFFERS', expected, found });
  return permitUnless(reasons, () => [
    {
      noun: 'root',
      digest: expected,
      network: context.root.network,
      bootstrappedBy: command.actor,
      at: context.transactionTime,
    },
    {
      noun: 'governance',
      members: context.root.organisations.map(({ id }) => ({ id, standing: 'active' })),
      algorithms: FOUNDING_ALGORITHMS,
      changes: 0,
    },
    ...context.root.organisations.flatMap((founder) => foundersOf(founder, command, context)),
  ]);
}

function foundersOf(
  founder: ConsortiumRoot['organisations'][number],
  command: Command<unknown>,
  context: Context,
): readonly Entity[] {
  const { id, country, grantable, registrar } = founder;
  return [
    {
      noun: 'organisation',
      id,
      country,
      grantable,
      registrars: [registrar.actor],
      standing: 'active',
    },
    { ...founderRegistrar(founder, context.transactionTime), enrolledBy: command.actor },
    ...heldBy(registrar.actor, registrar.keys),
  ];
}

/** The registrar that the root names for an organisation. */
export function founderRegistrar(
  founder: ConsortiumRoot['organisations'][number],
  enrolledAt: string,
): Actor {
  return {
    noun: 'actor',
    id: founder.registrar.actor,
    organisation: founder.id,
    kind: 'person',
    roles: ['registrar'],
    keys: founder.registrar.keys,
    enrolledAt,
    enrolledBy: founder.registrar.actor,
  };
}
