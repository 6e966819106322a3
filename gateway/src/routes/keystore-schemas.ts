import { actorId, digest, instant, JWS_ALGORITHMS, publicKeysSchema } from '@veinledger/domain';
import { z } from 'zod';
import { actorKeysSchema } from '@veinledger/client/node';
import { assertionSchema, registrationSchema } from '../keystore/passkey-answers.js';
import { authenticatorSchema } from '../keystore/unlocking.js';

/** What NIST SP 800-63B-4 asks of a passphrase that stands alone is 15 characters. */
const MIN_PASSPHRASE = 15;
const MAX_PASSPHRASE = 256;
const MAX_UNLOCK_MINUTES = 720;
const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/, '32 bytes in base64url without padding');
const passphrase = z.string().min(MIN_PASSPHRASE).max(MAX_PASSPHRASE);
const optionsOfPage = z.looseObject({});

export const ticketBody = z.strictObject({
  actor: actorId,
  /** puts keys aside that are there already, for instance after a forgotten passphrase */
  replaces: z.exactOptional(z.boolean()),
});

export const ticketAnswer = z.strictObject({
  ticket: secret,
  actor: actorId,
  expiresAt: instant,
});

export const entryBody = z.strictObject({
  ticket: secret,
  passphrase,
  keys: z.exactOptional(actorKeysSchema),
});

export const madeKeys = z.strictObject({
  actor: actorId,
  keys: publicKeysSchema,
  proof: z.string(),
});

export const entryAnswer = z.strictObject({
  actor: actorId,
  keySets: z.array(
    z.strictObject({ keys: publicKeysSchema, proof: z.string(), createdAt: instant }),
  ),
  passkeys: z.array(z.strictObject({ id: z.string(), addedAt: instant })),
  createdAt: instant,
});

export const challengeBody = z.discriminatedUnion('purpose', [
  z.strictObject({ purpose: z.literal('sign'), payload: z.string() }),
  z.strictObject({ purpose: z.literal('unlock') }),
  z.strictObject({ purpose: z.literal('add-passkey') }),
]);

export const challengeAnswer = z.strictObject({
  /** canonical JSON of who is asked for what; its SHA-256 is the challenge */
  request: z.string(),
  challenge: digest,
  expiresAt: instant,
  /** for `navigator.credentials.get`, with a passkey that is there */
  get: optionsOfPage,
  /** for `navigator.credentials.create`, where a passkey is being added */
  create: z.exactOptional(optionsOfPage),
  /** for `navigator.credentials.get` with the passkey that was just made */
  confirm: z.exactOptional(optionsOfPage),
});

export const passkeyBody = z.strictObject({
  unlock: authenticatorSchema,
  registration: registrationSchema,
  assertion: assertionSchema,
});

export const removalBody = z.strictObject({
  unlock: authenticatorSchema,
  /** credential id */
  passkey: z.string().max(1364),
});

export const passphraseBody = z.strictObject({ unlock: authenticatorSchema, passphrase });

export const rotationBody = z.strictObject({ unlock: authenticatorSchema });

export const unlockBody = z.strictObject({
  unlock: authenticatorSchema,
  minutes: z.exactOptional(z.int().min(1).max(MAX_UNLOCK_MINUTES)),
});

export const unlockAnswer = z.strictObject({ unlock: secret, expiresAt: instant });

export const signatureBody = z.strictObject({
  /** canonical JSON (RFC 8785) of a command */
  payload: z.string(),
  unlock: z.discriminatedUnion('kind', [
    ...authenticatorSchema.options,
    z.strictObject({ kind: z.literal('open'), unlock: secret }),
  ]),
  /** by what to sign; both when left out */
  algorithms: z.exactOptional(z.array(z.enum(JWS_ALGORITHMS)).min(1).max(JWS_ALGORITHMS.length)),
});

export const signatureAnswer = z.strictObject({ jws: z.string() });
