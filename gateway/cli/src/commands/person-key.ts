import { randomBytes } from 'node:crypto';
import { actorId, type PersonKey, personKeyId } from '@veinledger/domain';
import type { Receipt } from '@veinledger/client/node';
import { identityToRecipient } from 'age-encryption';
import { z } from 'zod';
import { CliError, wrongUsage } from '../complaint.js';
import { defineCommand } from '../command.js';
import { sealCopy } from '../person-key/copies.js';
import { IDENTITY_OPTIONS, identityInput, identityOf, namedBy } from '../person-key/identity.js';
import { identityFile, ownIdentity } from '../person-key/age-identity.js';
import { currentKey, openKey, shareOf } from '../person-key/current-key.js';
import { PRINTED_NAME_OPTION, printedNameAnnex, printedNameInput } from '../printed-name.js';
import { committed } from '../receipt-lines.js';
import type { Session } from '../session.js';

export const stateRecipient = defineCommand({
  arguments: [],
  options: [],
  input: z.strictObject({}),
  run: async (session) => {
    const registrar = session.actor();
    const receipt = await state(session, registrar);
    const { data, lines } = committed(receipt);
    return { data, lines: [...lines, `  opens by  ${identityFile(session, registrar)} (private)`] };
  },
});

async function state(session: Session, registrar: string): Promise<Receipt> {
  const recipient = await identityToRecipient(await ownIdentity(session, registrar));
  return session.say(registrar, { type: 'registry:StateRecipient', body: { recipient } });
}

export const sharePersonKey = defineCommand({
  arguments: [
    {
      name: 'registrar',
      summary: "who gets a copy; each says first for which recipient: 'state-recipient'",
      optional: true,
      many: true,
    },
  ],
  options: [
    {
      name: 'rotate',
      summary: 'makes a new key, for all who hold the current one and have not left',
    },
  ],
  input: z.strictObject({
    registrar: z.array(actorId),
    rotate: z.boolean().default(false),
  }),
  run: async (session, { registrar: named, rotate }) => {
    const sharer = session.actor();
    const { network } = await session.root();
    const current = await currentKey(session, sharer);
    if (rotate && !current) throw wrongUsage('--rotate', 'a key that was shared before');
    const fresh = rotate || !current;
    if (!fresh && named.length === 0) throw wrongUsage('REGISTRAR', 'who gets a copy');
    const key = fresh ? new Uint8Array(randomBytes(32)) : await openKey(session, sharer, current);
    const receivers = new Set([
      ...(fresh ? [sharer] : []),
      ...(rotate && current ? await staying(session, sharer, current) : []),
      ...named,
    ]);
    const sealed: { registrar: string; file: string }[] = [];
    for (const registrar of receivers) {
      const recipient = await recipientOf(session, sharer, registrar);
      sealed.push({ registrar, file: await sealCopy(network, key, recipient) });
    }
    const replaces = rotate && current ? { replaces: current.id } : {};
    const body = { key: personKeyId(key), ...replaces, sealed };
    return committed(await session.say(sharer, { type: 'registry:SharePersonKey', body }));
  },
});

/** The recipient of who shares is stated where it was not. */
async function recipientOf(session: Session, sharer: string, registrar: string): Promise<string> {
  const share = await shareOf(session, sharer, registrar);
  if (share) return share.recipient;
  if (registrar === sharer) {
    await state(session, sharer);
    return identityToRecipient(await ownIdentity(session, sharer));
  }
  throw new CliError('NO_RECIPIENT', 'nothing can be sealed to the registrar yet', {
    field: 'REGISTRAR',
    expected: "one who has said 'state-recipient'",
    found: registrar,
  });
}

const holder = z.looseObject({ revocation: z.unknown().optional() });
const member = z.looseObject({ registrars: z.array(actorId), standing: z.string() });

/** Who holds the current key and has not left: a registrar of a member that has not left, and not revoked. */
async function staying(
  session: Session,
  sharer: string,
  { holders }: Pick<PersonKey, 'holders'>,
): Promise<readonly string[]> {
  const members = z.array(member).parse(await session.list(sharer, '/v1/organisations'));
  const gone = new Set(
    members.flatMap((each) => (each.standing === 'left' ? each.registrars : [])),
  );
  const found: string[] = [];
  for (const id of holders) {
    const path = `/v1/actors/${encodeURIComponent(id)}`;
    const { revocation } = holder.parse(await session.read(sharer, path));
    if (revocation === undefined && !gone.has(id)) found.push(id);
  }
  return found;
}

export const restatePerson = defineCommand({
  arguments: [{ name: 'actor', summary: 'one of the own staff, once for each key' }],
  options: [...IDENTITY_OPTIONS, PRINTED_NAME_OPTION],
  input: z.strictObject({ actor: actorId, ...identityInput, ...printedNameInput }),
  run: async (session, { actor, printedName, ...told }) => {
    const registrar = session.actor();
    const identity = identityOf(told);
    if (!identity) throw wrongUsage('--licence', 'AUTHORITY:NUMBER, or --name and --birth-date');
    const body = { actor, ...(await namedBy(session, registrar, identity)) };
    const statement = { type: 'registry:RestatePerson', body, ...printedNameAnnex(printedName) };
    return committed(await session.say(registrar, statement));
  },
});
