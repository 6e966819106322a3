import {
  actorId,
  base64urlToBytes,
  bytesToBase64url,
  canonicalise,
  digest,
  sha256Base64url,
} from '@veinledger/domain';
import { z } from 'zod';
import { type ActorKeys, actorKeysSchema } from '../keys/actor-keys.js';
import { decrypt, encrypt, KEY_BYTES, randomBytes } from './cipher.js';
import { DeviceError } from './device-error.js';
import { keyOfPasskey, type PasskeySecret, passkeyLockSchema } from './passkey-lock.js';
import {
  type Argon2Cost,
  keyOfPassphrase,
  passphraseDerivation,
  passphraseLockSchema,
  requirePassphrase,
} from './passphrase-lock.js';

const VERSION = 1;
const KIND = 'veinledger-keys';

const ownerSchema = z.strictObject({ network: digest, actor: actorId });

/** Whose keys they are, and on which network. */
export type KeyOwner = Readonly<z.infer<typeof ownerSchema>>;

const lockSchema = z.discriminatedUnion('kind', [passphraseLockSchema, passkeyLockSchema]);

const boxSchema = z.strictObject({
  v: z.literal(VERSION),
  kind: z.literal(KIND),
  ...ownerSchema.shape,
  locks: z.array(lockSchema).min(1).max(16),
  /** both private keys, under a key that each lock wraps */
  sealed: z.base64url(),
  /** of all that stands above: tells a damaged file from a wrong passphrase */
  digest,
});

/** An actor's keys, encrypted; each lock opens them by itself. The same on a device and in a backup. */
export type KeyBox = Readonly<z.infer<typeof boxSchema>>;

/** What opens a box. */
export type Opener =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'passkey'; readonly secret: PasskeySecret };

/** An open box: the keys, and what further locks are made with. */
export interface OpenBox {
  readonly owner: KeyOwner;
  readonly keys: ActorKeys;
  readonly boxKey: Uint8Array<ArrayBuffer>;
}

/** Keys that are to be put into a box. */
export function opened(owner: KeyOwner, keys: ActorKeys): OpenBox {
  return { owner, keys, boxKey: randomBytes(KEY_BYTES) };
}

/**
 * Closes a box.
 * @param by what will open it, each by itself
 * @throws DeviceError PASSPHRASE_TOO_SHORT, PASSKEY_REFUSED, PAGE_NOT_SECURE
 */
export async function closeBox(
  { owner, keys, boxKey }: OpenBox,
  by: readonly Opener[],
  cost?: Argon2Cost,
): Promise<KeyBox> {
  const context = contextOf(owner);
  const wrap = async (key: Uint8Array<ArrayBuffer>) =>
    encrypt(key, bytesToBase64url(boxKey), context);
  const locks: z.infer<typeof lockSchema>[] = [];
  for (const opener of by) {
    if (opener.kind === 'passphrase') {
      requirePassphrase(opener.passphrase);
      const derivation = passphraseDerivation(cost);
      const key = await keyOfPassphrase(opener.passphrase, derivation);
      locks.push({ ...derivation, wrapped: await wrap(key) });
    } else {
      const { credential, salt } = opener.secret;
      const wrapped = await wrap(await keyOfPasskey(opener.secret));
      locks.push({ kind: 'passkey', credential, salt, wrapped });
    }
  }
  const sealed = await encrypt(boxKey, canonicalise(keys), context);
  const content = { v: VERSION, kind: KIND, ...owner, locks, sealed } as const;
  return { ...content, digest: digestOf(content) };
}

/**
 * Opens a box.
 * @throws DeviceError PASSPHRASE_WRONG, PASSKEY_UNKNOWN, PASSKEY_REFUSED, BACKUP_DAMAGED, PAGE_NOT_SECURE
 */
export async function openBox(box: KeyBox, opener: Opener): Promise<OpenBox> {
  const owner = { network: box.network, actor: box.actor };
  const context = contextOf(owner);
  const boxText = await boxKeyOf(box, opener, context);
  const boxKey = new Uint8Array(base64urlToBytes(boxText, 'boxKey'));
  const text = await decrypt(boxKey, box.sealed, context);
  const keys = text === undefined ? undefined : actorKeysSchema.safeParse(JSON.parse(text));
  if (!keys?.success) throw damaged();
  return { owner, keys: keys.data, boxKey };
}

/**
 * The box that a text is.
 * @throws DeviceError NOT_A_BACKUP, BACKUP_TOO_NEW, BACKUP_DAMAGED
 */
export function readBox(text: string): KeyBox {
  const named = z.looseObject({ kind: z.literal(KIND), v: z.int() }).safeParse(jsonOf(text));
  if (!named.success) {
    throw text.includes(KIND)
      ? damaged()
      : new DeviceError('NOT_A_BACKUP', 'the text is no file of keys');
  }
  const { v } = named.data;
  if (v > VERSION) {
    throw new DeviceError('BACKUP_TOO_NEW', `expected version ${VERSION} or before, found ${v}`);
  }
  const box = boxSchema.safeParse(named.data);
  if (!box.success) throw damaged();
  const { digest: stated, ...content } = box.data;
  if (stated !== digestOf(content)) throw damaged();
  return box.data;
}

/** A box as the text of a file. */
export function writeBox(box: KeyBox): string {
  return `${JSON.stringify(box, null, 2)}\n`;
}

async function boxKeyOf(box: KeyBox, opener: Opener, context: string): Promise<string> {
  if (opener.kind === 'passkey') {
    const { secret } = opener;
    for (const lock of box.locks) {
      if (lock.kind !== 'passkey' || lock.credential !== secret.credential) continue;
      const text = await decrypt(await keyOfPasskey(secret), lock.wrapped, context);
      if (text !== undefined) return text;
      throw new DeviceError('PASSKEY_REFUSED', 'the passkey gave another secret than before');
    }
    throw new DeviceError('PASSKEY_UNKNOWN', 'the keys are not locked by this passkey');
  }
  for (const lock of box.locks) {
    if (lock.kind !== 'passphrase') continue;
    const key = await keyOfPassphrase(opener.passphrase, lock);
    const text = await decrypt(key, lock.wrapped, context);
    if (text !== undefined) return text;
  }
  throw new DeviceError('PASSPHRASE_WRONG', 'the passphrase opens nothing here');
}

/** What a ciphertext belongs to: that of one actor is no other's. */
function contextOf({ network, actor }: KeyOwner): string {
  return canonicalise({ v: VERSION, kind: KIND, network, actor });
}

function digestOf(content: Omit<KeyBox, 'digest'>): string {
  return sha256Base64url(canonicalise(content));
}

function damaged(): DeviceError {
  return new DeviceError('BACKUP_DAMAGED', 'the file of keys is not as it was written');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
