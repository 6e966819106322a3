import { z } from 'zod';
import { actorId, digest } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

/** An age recipient of the hybrid kind: an ML-KEM-768 and an X25519 key, Bech32 with its checksum. */
export const ageRecipient = z
  .string()
  .regex(
    /^age1pq1[02-9ac-hj-np-z]{1952}$/,
    'an age recipient for ML-KEM-768 with X25519: age1pq1…',
  );

/** An age file (v1) in base64url, a key and where it belongs sealed for one recipient. */
export const sealedKey = z
  .string()
  .max(4096)
  .regex(/^[A-Za-z0-9_-]+$/, 'an age file in base64url without padding');

export const keyShareSchema = z.strictObject({
  noun: z.literal('key-share'),
  registrar: actorId,
  recipient: ageRecipient,
  /** the registrar's own word that the recipient is theirs */
  stated: signedSchema,
  sealed: z
    .strictObject({
      /** the id of the key that is sealed */
      key: digest,
      file: sealedKey,
      by: signedSchema,
    })
    .exactOptional(),
});

/** For whom a registrar's copy of the person key is sealed, and the copy. */
export interface KeyShare extends ReadOnly<z.infer<typeof keyShareSchema>> {}

export const keyShareNoun = defineNoun<KeyShare>()({
  noun: 'key-share',
  schema: keyShareSchema,
  key: ['registrar'],
  read: { contract: 'registry', readers: 'members' },
});
