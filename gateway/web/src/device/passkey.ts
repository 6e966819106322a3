import { DeviceError, type DeviceOwner, type PasskeySecret } from '@veinledger/client/device';
import { base64urlToBytes, bytesToBase64url } from '@veinledger/domain';

const RANDOM_BYTES = 32;
/** COSE algorithms (RFC 9053): ES256, EdDSA, RS256; the key itself is used for nothing. */
const ALGORITHMS = [-7, -8, -257];
const IP_ADDRESS = /^\[?[\d.:a-f]+\]?$/iu;

type Passkeys = DeviceOwner['passkeys'];

/** Whether this device knows its user by itself, and the page has a name that a passkey can belong to. */
export async function hasPasskeys(): Promise<boolean> {
  if (!('PublicKeyCredential' in globalThis) || IP_ADDRESS.test(location.hostname)) return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
}

/**
 * Makes a passkey and gives its secret.
 * @param name what the device's own list of passkeys calls it
 * @throws DeviceError PASSKEY_REFUSED when the user did not agree, or it has no PRF
 */
export async function makePasskey(name: string): Promise<PasskeySecret> {
  const made = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        rp: { name, id: location.hostname },
        user: { id: random(), name, displayName: name },
        challenge: random(),
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        extensions: { prf: {} },
      },
    }),
  );
  const credential = bytesToBase64url(new Uint8Array(made.rawId));
  // not every authenticator evaluates its PRF while it makes a passkey
  return usePasskey([{ credential, salt: bytesToBase64url(random()) }]);
}

/**
 * Has the user show one of these passkeys, and gives its secret.
 * @throws DeviceError PASSKEY_REFUSED when the user did not agree, or it has no PRF
 */
export async function usePasskey(passkeys: Passkeys): Promise<PasskeySecret> {
  const shown = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: random(),
        rpId: location.hostname,
        userVerification: 'required',
        allowCredentials: passkeys.map(({ credential }) => ({
          type: 'public-key',
          id: bytesOf(credential),
        })),
        extensions: {
          prf: {
            evalByCredential: Object.fromEntries(
              passkeys.map(({ credential, salt }) => [credential, { first: bytesOf(salt) }]),
            ),
          },
        },
      },
    }),
  );
  const credential = bytesToBase64url(new Uint8Array(shown.rawId));
  const salt = passkeys.find((each) => each.credential === credential)?.salt;
  const prf = shown.getClientExtensionResults().prf?.results?.first;
  if (salt === undefined || !(prf instanceof ArrayBuffer)) throw refused();
  return { credential, salt, prf: new Uint8Array(prf) };
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  let answer: Credential | null;
  try {
    answer = await ask();
  } catch (cause) {
    throw refused({ cause });
  }
  if (answer instanceof PublicKeyCredential) return answer;
  throw refused();
}

function refused(options?: ErrorOptions): DeviceError {
  return new DeviceError('PASSKEY_REFUSED', 'the passkey gave no secret', options);
}

function random(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(base64urlToBytes(text, 'passkey'));
}
