import { actorId, parseClosed } from '@veinledger/domain';
import type { z } from 'zod';
import type { ActorDirectory } from '../auth/actor-directory.js';
import { type Caller, isRelayedCaller } from '../auth/caller.js';
import { ENTRIES_PATH } from '../keystore/entries-path.js';
import type { Entry } from '../keystore/entry.js';
import type { Keystore } from '../keystore/keystore.js';
import {
  assertionOptions,
  confirmationOptions,
  registrationOptions,
  type RelyingParty,
} from '../keystore/passkeys.js';
import { notForPatients } from '../keystore/refusals.js';
import { notEntitled } from '../reads/caller-reader.js';
import { type Answer, found } from '../operation/answer.js';
import {
  challengeAnswer,
  challengeBody,
  entryAnswer,
  entryBody,
  madeKeys,
  passkeyBody,
  passphraseBody,
  removalBody,
  rotationBody,
  signatureAnswer,
  signatureBody,
  ticketAnswer,
  ticketBody,
  unlockAnswer,
  unlockBody,
} from './keystore-schemas.js';
import {
  type ActorOperation,
  type AnyOperation,
  parameterOf,
  type Question,
} from '../operation/operation.js';

export interface KeystoreOperationParts {
  readonly keystore: Keystore;
  readonly directory: ActorDirectory;
  readonly relyingParty: () => RelyingParty;
}

const time = (milliseconds: number) => new Date(milliseconds).toISOString();
const created = (body: object): Answer => ({ status: 201, body });

/** Keys of staff and devices: made, unlocked by their owners, and used for their owners' commands. */
export function keystoreOperations(parts: KeystoreOperationParts): readonly AnyOperation[] {
  const { keystore } = parts;
  return [
    making('issueKeystoreTicket', '/v1/keystore/tickets', {
      summary: 'Lets somebody make their keys at this gateway; for registrars',
      body: ticketBody,
      schema: ticketAnswer,
      handle: async ({ caller }, { actor, replaces = false }) => {
        await requireTicketable(parts.directory, caller, actor);
        const whom = { actor, organisation: caller.organisation, replaces };
        const { ticket, expiresAt } = await keystore.tickets.issue(whom);
        return created({ ticket, actor, expiresAt: time(expiresAt) });
      },
    }),
    {
      access: 'public',
      method: 'post',
      path: ENTRIES_PATH,
      id: 'createKeystoreEntry',
      tag: 'keystore',
      idempotency: 'none',
      summary: 'Makes keys, or takes them over, for whom a ticket names',
      parameters: {},
      body: entryBody,
      answers: { 201: { description: 'What a registrar enrols', schema: madeKeys } },
      handle: async ({ body }) =>
        created(await keystore.making.create(parseClosed(entryBody, body, 'body'))),
    },
    {
      access: 'actor',
      method: 'get',
      path: `${ENTRIES_PATH}/{actor}`,
      id: 'readKeystoreEntry',
      tag: 'keystore',
      summary: "What the keystore has of an actor, for the actor and its member's registrars",
      parameters: { actor: { schema: actorId } },
      answers: { 200: { description: 'Public keys and passkeys', schema: entryAnswer } },
      handle: async (question) => {
        const actor = parameterOf(question, 'actor');
        const { caller } = question;
        if (caller.id !== actor) requireRegistrar(caller);
        const entry = await keystore.entry(actor);
        if (caller.id !== actor && caller.organisation !== entry.organisation) {
          throw notEntitled("the actor's own registrars only", 'actor');
        }
        return found(summaryOf(entry));
      },
    },
    making('setKeystoreChallenge', '/v1/keystore/challenges', {
      summary: 'A challenge for a passkey: the SHA-256 of what it agrees to',
      body: challengeBody,
      schema: challengeAnswer,
      handle: async ({ caller }, asked) => challengeFor(parts, caller, asked),
    }),
    making('addPasskey', '/v1/keystore/passkeys', {
      summary: 'Adds a passkey, by the passphrase or another passkey',
      body: passkeyBody,
      schema: entryAnswer,
      handle: async ({ caller }, asked) =>
        created(summaryOf(await keystore.authenticators.addPasskey(caller, asked))),
    }),
    making('removePasskey', '/v1/keystore/passkey-removals', {
      summary: 'Takes a passkey away, for instance that of a lost device',
      body: removalBody,
      schema: entryAnswer,
      handle: async ({ caller }, { unlock, passkey }) =>
        created(summaryOf(await keystore.authenticators.removePasskey(caller, unlock, passkey))),
    }),
    making('changePassphrase', '/v1/keystore/passphrases', {
      summary: 'Puts another passphrase in the place of the one there is',
      body: passphraseBody,
      schema: entryAnswer,
      handle: async ({ caller }, { unlock, passphrase }) =>
        created(
          summaryOf(await keystore.authenticators.changePassphrase(caller, unlock, passphrase)),
        ),
    }),
    making('prepareKeyRotation', '/v1/keystore/rotations', {
      summary: 'Makes the keys that a rotation will enrol',
      body: rotationBody,
      schema: madeKeys,
      handle: async ({ caller }, { unlock }) =>
        created(await keystore.making.prepareRotation(caller, unlock)),
    }),
    making('unlockKeys', '/v1/keystore/unlocks', {
      summary: 'Keeps keys open for attributed entries, for some minutes',
      body: unlockBody,
      schema: unlockAnswer,
      handle: async ({ caller }, { unlock, minutes }) => {
        const open = await keystore.unlock(caller, unlock, minutes);
        return created({ unlock: open.unlock, expiresAt: time(open.expiresAt) });
      },
    }),
    {
      access: 'actor',
      method: 'delete',
      path: '/v1/keystore/unlocks',
      id: 'lockKeys',
      tag: 'keystore',
      summary: "Forgets the caller's open keys",
      parameters: {},
      answers: { 204: { description: 'They are locked' } },
      handle: ({ caller }) => {
        keystore.lock(caller);
        return Promise.resolve({ status: 204, empty: true } as const);
      },
    },
    making('signCommand', '/v1/keystore/signatures', {
      summary: "Signs a command of the caller's",
      body: signatureBody,
      schema: signatureAnswer,
      handle: async ({ caller }, { payload, unlock, algorithms }) =>
        created({ jws: await keystore.sign(caller, payload, unlock, algorithms) }),
    }),
  ];
}

function making<Body extends z.ZodType>(
  id: string,
  path: string,
  row: {
    readonly summary: string;
    readonly body: Body;
    readonly schema: z.ZodType;
    readonly handle: (question: Question, body: z.output<Body>) => Promise<Answer>;
  },
): ActorOperation {
  const { summary, body, schema, handle } = row;
  return {
    access: 'actor',
    method: 'post',
    path,
    id,
    tag: 'keystore',
    summary,
    parameters: {},
    idempotency: 'none',
    body,
    answers: { 201: { description: summary, schema } },
    handle: (question) => handle(question, parseClosed(body, question.body, 'body')),
  };
}

async function challengeFor(
  { keystore, relyingParty }: KeystoreOperationParts,
  caller: Caller,
  wanted: z.output<typeof challengeBody>,
): Promise<Answer> {
  const { request, challenge, expiresAt, asked, entry } = await keystore.challenge(caller, wanted);
  const party = relyingParty();
  const { passkeys } = entry;
  return created({
    request,
    challenge,
    expiresAt: time(expiresAt),
    get: assertionOptions(party, challenge, passkeys),
    ...(asked.purpose === 'add-passkey'
      ? {
          create: await registrationOptions(party, caller.id, challenge, passkeys),
          confirm: confirmationOptions(party, challenge, asked.salt),
        }
      : {}),
  });
}

function summaryOf({ actor, keySets, passkeys, createdAt }: Entry): object {
  return {
    actor,
    keySets: keySets.map((each) => ({
      keys: each.public,
      proof: each.proof,
      createdAt: each.createdAt,
    })),
    passkeys: passkeys.map(({ id, addedAt }) => ({ id, addedAt })),
    createdAt,
  };
}

function requireRegistrar(caller: Caller): void {
  if (caller.roles.includes('registrar')) return;
  throw notEntitled('for registrars only', 'authorization');
}

/** A ticket is for somebody of the registrar's own member, or for somebody who is not enrolled yet. */
async function requireTicketable(
  directory: ActorDirectory,
  caller: Caller,
  actor: string,
): Promise<void> {
  requireRegistrar(caller);
  const enrolled = await directory.find(actor);
  if (enrolled === undefined) return;
  if (enrolled.organisation !== caller.organisation) {
    throw notEntitled("the actor's own registrars only", 'body.actor');
  }
  if (isRelayedCaller(enrolled)) throw notForPatients();
}
