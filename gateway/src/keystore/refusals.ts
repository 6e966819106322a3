import type { QueueFull } from '../limits/fair-queue.js';
import { ProblemError, type ProblemDetails } from '../problems/problem.js';

const MS_PER_SECOND = 1000;

type Told = Pick<ProblemDetails, 'field' | 'expected' | 'found' | 'headers'>;

function refusal(status: number, code: string, detail: string, told: Told = {}): ProblemError {
  return new ProblemError({ status, code, detail, ...told });
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** A patient's key is held by the patient and by no gateway. */
export const notForPatients = () =>
  refusal(403, 'KEYSTORE_NOT_FOR_PATIENTS', "no gateway holds a patient's key");

/** The keystore has no entry for the actor. */
export const noKeys = () => refusal(404, 'NO_KEYS', 'the keystore holds no keys of this actor');

/** An entry that is there already, and that nobody asked to replace. */
export const keysExist = () =>
  refusal(409, 'KEYS_EXIST', 'the keystore holds keys of this actor already', { field: 'ticket' });

/** A file that is no entry any more. */
export const damaged = () =>
  refusal(409, 'KEYSTORE_ENTRY_DAMAGED', "the file of the actor's keys is damaged");

/** A file of another actor, or of another network, in the place of the actor's own. */
export const foreign = () =>
  refusal(409, 'KEYSTORE_ENTRY_FOREIGN', "the file of the actor's keys belongs to somebody else");

/** Keys that the ledger does not have as the actor's. */
export const notEnrolled = () =>
  refusal(409, 'KEYS_NOT_ENROLLED', 'the keys are not those under which the actor is enrolled');

/** The passphrase opens nothing. */
export const wrongPassphrase = () =>
  refusal(403, 'PASSPHRASE_WRONG', 'the passphrase is wrong', { field: 'body.unlock.passphrase' });

/** Too many wrong passphrases. */
export const lockedOut = (until: number, now: number) =>
  refusal(429, 'KEYSTORE_LOCKED_OUT', 'too many wrong passphrases; a passkey still unlocks', {
    field: 'body.unlock.passphrase',
    expected: `a call at ${instant(until)} or later`,
    found: instant(now),
    headers: { 'retry-after': String(Math.ceil((until - now) / MS_PER_SECOND)) },
  });

/** Too much waits for scrypt: of this actor's, or of everybody's. */
export const busy = ({ of, message }: QueueFull) =>
  of === 'asker'
    ? refusal(429, 'KEYSTORE_BUSY', 'earlier calls of this actor are under way', {
        found: message,
        headers: { 'retry-after': '1' },
      })
    : refusal(503, 'KEYSTORE_BUSY', 'too many passphrases wait to be tried', {
        found: message,
        headers: { 'retry-after': '5' },
      });

/** No keys of the caller are unlocked under what was shown. */
export const locked = () =>
  refusal(403, 'KEYSTORE_LOCKED', "the actor's keys are locked", { field: 'body.unlock.unlock' });

/** A signature that is never given by keys that merely happen to be unlocked. */
export const authenticatorNeeded = (type: string) =>
  refusal(403, 'AUTHENTICATOR_NEEDED', 'this signature needs its actor at that moment', {
    field: 'body.unlock.kind',
    expected: `passphrase or passkey for ${type}`,
    found: 'open',
  });

/** A challenge that the gateway did not set, or set for something else, or that is spent. */
export const unknownChallenge = () =>
  refusal(403, 'CHALLENGE_UNKNOWN', 'the passkey answered a challenge that is not open', {
    field: 'body.unlock.assertion',
  });

/** A challenge that was answered after its time. */
export const challengeExpired = (until: number, now: number) =>
  refusal(403, 'CHALLENGE_EXPIRED', 'the passkey answered too late', {
    field: 'body.unlock.assertion',
    expected: `an answer before ${instant(until)}`,
    found: instant(now),
  });

/** A passkey that the entry does not list, or whose answer does not hold. */
export const passkeyRefused = (field = 'body.unlock.assertion') =>
  refusal(403, 'PASSKEY_REFUSED', "the passkey's answer does not hold", { field });

/** An authenticator without the PRF extension can sign in, but has nothing to wrap a key with. */
export const passkeyWithoutPrf = (field: string) =>
  refusal(400, 'PASSKEY_WITHOUT_PRF', 'the passkey gave no secret to unlock with', {
    field,
    expected: 'clientExtensionResults.prf.results.first (Web Authentication, section 10.1.4)',
  });

/** A ticket that nobody issued, or that was used. */
export const ticketInvalid = () =>
  refusal(403, 'TICKET_INVALID', 'no such ticket is open', { field: 'body.ticket' });

/** A ticket after its time. */
export const ticketExpired = (until: number, now: number) =>
  refusal(403, 'TICKET_EXPIRED', 'the ticket has expired', {
    field: 'body.ticket',
    expected: `a call before ${instant(until)}`,
    found: instant(now),
  });

/** A person's entry lists as many passkeys as it may. */
export const tooManyPasskeys = (most: number) =>
  refusal(409, 'TOO_MANY_PASSKEYS', 'the entry holds as many passkeys as it may', {
    expected: `at most ${most}`,
  });

/** The entry has no passkey of that id. */
export const noSuchPasskey = () =>
  refusal(404, 'NO_SUCH_PASSKEY', 'the entry has no such passkey', { field: 'body.passkey' });
