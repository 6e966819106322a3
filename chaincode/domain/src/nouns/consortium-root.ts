import { z } from 'zod';
import { country } from '../values/country.js';
import { canonicalise, sha256Base64url } from '../encoding/codec.js';
import { actorId, code, digest, organisationId, version } from '../values/identifiers.js';
import { publicKeysSchema } from '../signing/keys.js';
import { role } from '../values/roles.js';
import { parseClosed } from '../errors/schema.js';

/** The consortium root: what its founders agreed on before there was a ledger. */
const consortiumRoot = z.strictObject({
  v: z.literal(1),
  /** 32 random bytes that name the network */
  network: digest,
  organisations: z
    .array(
      z.strictObject({
        id: organisationId,
        country,
        grantable: z.array(role).min(1),
        registrar: z.strictObject({ actor: actorId, keys: publicKeysSchema }),
      }),
    )
    .min(1)
    .max(64),
  processes: z.array(z.strictObject({ id: code, version, hash: digest })).max(64),
});

export type ConsortiumRoot = z.infer<typeof consortiumRoot>;

/**
 * Reads a consortium root.
 * @throws VeinledgerError SCHEMA_VIOLATION
 */
export function readConsortiumRoot(value: unknown): ConsortiumRoot {
  return parseClosed(consortiumRoot, value, 'root');
}

/** SHA-256 of the root's canonical form, base64url. */
export function rootDigest(root: ConsortiumRoot): string {
  return sha256Base64url(canonicalise(root));
}
