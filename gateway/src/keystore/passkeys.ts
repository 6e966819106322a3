import { base64urlToBytes, bytesToBase64url } from '@veinledger/domain';
import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from '@simplewebauthn/server';
import type { Passkey } from './entry.js';
import type { Assertion, Registration } from './passkey-answers.js';
import { passkeyRefused } from './refusals.js';

/** The relying party of this gateway's passkeys. */
export interface RelyingParty {
  /** the domain that passkeys are bound to */
  readonly domain: string;
  /** the origins whose pages may use them */
  readonly origins: readonly string[];
}

const NAME = 'veinledger';

/** PublicKeyCredentialRequestOptionsJSON (Web Authentication, section 5.1.9.1). */
export interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
  readonly userVerification: 'required';
  readonly allowCredentials: readonly { readonly id: string; readonly type: 'public-key' }[];
  readonly extensions: object;
}

/** What a page passes to `navigator.credentials.get`: the person, verified, and the secret of their passkey. */
export function assertionOptions(
  { domain }: RelyingParty,
  challenge: string,
  passkeys: readonly Passkey[],
): RequestOptions {
  return {
    challenge,
    rpId: domain,
    userVerification: 'required',
    allowCredentials: passkeys.map(({ id }) => ({ id, type: 'public-key' })),
    extensions: {
      prf: {
        evalByCredential: Object.fromEntries(passkeys.map(({ id, salt }) => [id, { first: salt }])),
      },
    },
  };
}

/** What a page passes to `navigator.credentials.get` to show that its new passkey, yet to be named, has a secret. */
export function confirmationOptions(
  { domain }: RelyingParty,
  challenge: string,
  salt: string,
): RequestOptions {
  const extensions = { prf: { eval: { first: salt } } };
  return {
    challenge,
    rpId: domain,
    userVerification: 'required',
    allowCredentials: [],
    extensions,
  };
}

/** What a page passes to `navigator.credentials.create` for another passkey. */
export async function registrationOptions(
  { domain }: RelyingParty,
  actor: string,
  challenge: string,
  passkeys: readonly Passkey[],
): Promise<Omit<PublicKeyCredentialCreationOptionsJSON, 'extensions'> & { extensions: object }> {
  const options = await generateRegistrationOptions({
    rpName: NAME,
    rpID: domain,
    userName: actor,
    userID: new TextEncoder().encode(actor),
    challenge: new Uint8Array(base64urlToBytes(challenge, 'challenge')),
    attestationType: 'none',
    excludeCredentials: passkeys.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  });
  return { ...options, extensions: { prf: {} } };
}

/**
 * Checks the answer to a registration.
 * @throws ProblemError 403 PASSKEY_REFUSED
 */
export async function checkRegistration(
  { domain, origins }: RelyingParty,
  response: Registration,
  challenge: string,
): Promise<Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports'>> {
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: [...origins],
    expectedRPID: domain,
    requireUserVerification: true,
  }).catch(() => undefined);
  if (verified?.verified !== true) throw passkeyRefused('body.registration');
  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
  return { id, publicKey: bytesToBase64url(publicKey), counter, transports };
}

/**
 * Checks a passkey's answer: signature, challenge, origin, domain, and that it verified its user.
 * @returns the passkey's counter from now on
 * @throws ProblemError 403 PASSKEY_REFUSED
 */
export async function checkAssertion(
  { domain, origins }: RelyingParty,
  response: Assertion,
  challenge: string,
  passkey: Passkey,
): Promise<number> {
  const credential: WebAuthnCredential = {
    id: passkey.id,
    publicKey: new Uint8Array(base64urlToBytes(passkey.publicKey, 'publicKey')),
    counter: passkey.counter,
  };
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: [...origins],
    expectedRPID: domain,
    credential,
    requireUserVerification: true,
  }).catch(() => undefined);
  if (verified?.verified !== true) throw passkeyRefused();
  return verified.authenticationInfo.newCounter;
}
