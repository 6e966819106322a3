import { z } from 'zod';
import { actorId, digest, instant } from '../values/identifiers.js';
import { endOfKeys } from '../values/words.js';
import { publicKeysSchema } from '../signing/keys.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const formerKeysSchema = z.strictObject({
  noun: z.literal('former-keys'),
  actor: actorId,
  /** RFC 7638 thumbprint of the Ed25519 key */
  kid: digest,
  keys: publicKeysSchema,
  /** transaction times between which they held */
  from: instant,
  until: instant,
  endedBy: signedSchema,
  end: endOfKeys,
});

/** Keys that an actor held and signs nothing new with; found by the thumbprint of the Ed25519 key. */
export interface FormerKeys extends ReadOnly<z.infer<typeof formerKeysSchema>> {}

export const formerKeysNoun = defineNoun<FormerKeys>()({
  noun: 'former-keys',
  schema: formerKeysSchema,
  key: ['actor', 'kid'],
});
