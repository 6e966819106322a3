import { z } from 'zod';
import { country } from '../values/country.js';
import { canonicalise, sha256Base64url } from '../encoding/codec.js';
import { actorId, code, digest, instant, organisationId, version } from '../values/identifiers.js';
import { publicKeysSchema } from '../signing/keys.js';
import { role, ROLES } from '../values/roles.js';
import { endOfActor, removalReason, suspensionReason } from '../values/words.js';
import type { ReadOnly } from './noun.js';
import { algorithmId } from './algorithm.js';
import { possessionProof } from '../signing/possession.js';

const grantable = z.array(role).min(1).max(ROLES.length);

/** Somebody to be an organisation's registrar, with the proof that they hold both keys. */
const newRegistrar = z.strictObject({
  actor: actorId,
  keys: publicKeysSchema,
  proof: possessionProof,
});

/** Everything that members decide by votes. A change is applied exactly as it is stated. */
export const change = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('admit-organisation'),
    organisation: organisationId,
    country,
    grantable,
    registrar: newRegistrar,
  }),
  z.strictObject({
    kind: z.literal('suspend-organisation'),
    organisation: organisationId,
    reason: suspensionReason,
  }),
  z.strictObject({ kind: z.literal('reinstate-organisation'), organisation: organisationId }),
  z.strictObject({
    kind: z.literal('remove-organisation'),
    organisation: organisationId,
    reason: removalReason,
  }),
  z.strictObject({
    kind: z.literal('set-grantable-roles'),
    organisation: organisationId,
    grantable,
  }),
  z.strictObject({ kind: z.literal('set-country'), organisation: organisationId, country }),
  z.strictObject({
    kind: z.literal('appoint-registrar'),
    organisation: organisationId,
    registrar: newRegistrar,
    /** registrars who sign nothing more from then on */
    ends: z
      .strictObject({
        actors: z.array(actorId).min(1).max(8),
        reason: endOfActor,
        compromisedSince: instant.optional(),
      })
      .optional(),
  }),
  z.strictObject({
    kind: z.literal('require-algorithm'),
    algorithm: algorithmId,
    /** until when; without an end where it is left out */
    notAfter: instant.optional(),
    replacedBy: algorithmId.optional(),
  }),
  z.strictObject({
    kind: z.literal('disallow-algorithm'),
    algorithm: algorithmId,
    replacedBy: algorithmId.optional(),
  }),
  z.strictObject({ kind: z.literal('agree-process'), process: code, version, hash: digest }),
]);

export type Change = ReadOnly<z.infer<typeof change>>;

/** What kinds of change there are. */
export type ChangeKind = Change['kind'];
export const CHANGE_KINDS: readonly ChangeKind[] = change.options.map(
  (option) => option.shape.kind.value,
);

/** A change of an organisation's. */
export type OrganisationChange = Extract<Change, { readonly organisation: string }>;

/** A change of a signature algorithm's standing. */
export type AlgorithmChange = Extract<Change, { readonly algorithm: string }>;

/** SHA-256 of a change's canonical form, base64url: what a vote names, so that nobody signs another one. */
export function changeDigest(of: Change): string {
  return sha256Base64url(canonicalise(of));
}

/** What a change is about, as reasons and people name it. */
export function subjectOf(of: Change): string {
  if (of.kind === 'agree-process') return `process ${of.process} ${of.version}`;
  if ('algorithm' in of) return `algorithm ${of.algorithm}`;
  return `organisation ${of.organisation}`;
}
