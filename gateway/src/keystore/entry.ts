import { actorId, digest, instant, organisationId, publicKeysSchema } from '@veinledger/domain';
import { z } from 'zod';
import { actorKeysSchema } from '@veinledger/client/node';

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);
const owner = { v: z.literal(1), network: digest, actor: actorId };

/** A passkey of an entry's owner: what checks its answers, and the entry's identity sealed under its secret. */
const passkeySchema = z.strictObject({
  /** credential id, base64url */
  id: base64url.max(1364),
  /** COSE public key, base64url */
  publicKey: base64url,
  counter: z.int().min(0),
  transports: z.array(z.string().max(32)).max(8),
  /** what the authenticator evaluates its PRF on: 32 bytes, base64url */
  salt: digest,
  /** an age file, base64url */
  sealed: base64url,
  addedAt: instant,
});

/** Both key pairs of an actor; more than one set while keys are being changed. */
const keySetSchema = z.strictObject({
  public: publicKeysSchema,
  /** the proof that whoever made them has both, for the registrar or the rotation */
  proof: z.string(),
  /** the private keys: an age file for the entry's identity, base64url */
  sealed: base64url,
  createdAt: instant,
});

/** What the keystore has of one actor, as it lies on disk. */
export const entrySchema = z.strictObject({
  ...owner,
  /** the member whose registrar issued the ticket */
  organisation: organisationId,
  /** the last ones last */
  keySets: z.array(keySetSchema).min(1).max(2),
  /** the entry's identity under the passphrase: an age file, base64url */
  passphrase: base64url,
  passkeys: z.array(passkeySchema).max(16),
  createdAt: instant,
});

/** What an authenticator opens: the age identity for which the entry's keys are sealed. */
export const entryIdentitySchema = z.strictObject({ ...owner, identity: z.string() });

/** What the entry's identity opens. */
export const sealedKeysSchema = z.strictObject({ ...owner, keys: actorKeysSchema });

export type Passkey = Readonly<z.infer<typeof passkeySchema>>;
export type KeySet = Readonly<z.infer<typeof keySetSchema>>;
export type Entry = Readonly<z.infer<typeof entrySchema>>;
export type EntryIdentity = Readonly<z.infer<typeof entryIdentitySchema>>;
export type SealedKeys = Readonly<z.infer<typeof sealedKeysSchema>>;

/** Whose a sealed thing must be. */
export type Owner = Pick<Entry, 'network' | 'actor'>;
