import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  actorId,
  actorKind,
  type Identity,
  organisationId,
  LONE_ROLES,
  role,
  type Role,
} from '@veinledger/domain';
import {
  type ActorKeys,
  generateActorKeys,
  GatewayProblem,
  readActorKeys,
  type Receipt,
  writeActorKeys,
} from '@veinledger/client/node';
import { z } from 'zod';
import { IDENTITY_OPTIONS, identityInput, identityOf, namedBy } from '../person-key/identity.js';
import { PRINTED_NAME_OPTION, printedNameAnnex, printedNameInput } from '../printed-name.js';
import { enrolmentBody } from '../possession.js';
import { wrongUsage } from '../complaint.js';
import { defineCommand } from '../command.js';
import { table } from '../columns.js';
import { memberOf } from '../organisations.js';
import type { Session } from '../session.js';
import { commaSeparated, wordOf } from '../words.js';

interface Newcomer {
  readonly actor: string;
  readonly roles: readonly Role[];
  readonly patient?: string | undefined;
  readonly identity?: Identity | undefined;
  readonly printedName?: string | undefined;
}

export const enrol = defineCommand({
  arguments: [
    {
      name: 'actor',
      summary: 'member.person: hospital.nurse is enrolled by hospital.registrar',
      optional: true,
      many: true,
    },
  ],
  options: [
    { name: 'roles', value: 'ROLE,…', summary: 'what the actors may do' },
    {
      name: 'organisation',
      value: 'MSP',
      summary: 'enrols one actor for each role that the organisation may grant to its staff',
    },
    {
      name: 'kind',
      value: 'KIND',
      summary: 'what they are (default: person)',
      values: actorKind.options,
    },
    { name: 'patient', value: 'PATIENT', summary: 'of the role proxy: in whose place they speak' },
    ...IDENTITY_OPTIONS,
    PRINTED_NAME_OPTION,
  ],
  input: z.strictObject({
    actor: z.array(actorId),
    roles: commaSeparated(role).optional(),
    organisation: organisationId.optional(),
    patient: actorId.optional(),
    kind: wordOf(actorKind.options).default('person'),
    ...identityInput,
    ...printedNameInput,
  }),
  run: async (session, { actor, roles, organisation, patient, kind, printedName, ...told }) => {
    const newcomers =
      organisation === undefined
        ? named(actor, roles, { identity: identityOf(told), patient, printedName })
        : await staffOf(session, organisation, [...actor, ...(roles ?? [])]);
    const receipts: Receipt[] = [];
    for (const each of newcomers) receipts.push(await enrolOne(session, each, kind));
    const rows = newcomers.map((each, index) => [
      each.actor,
      each.roles.join(', '),
      receipts[index]?.organisation ?? '',
      join(session.keys, `${each.actor}.json`),
    ]);
    return { data: receipts, lines: table(['actor', 'roles', 'organisation', 'keys'], rows) };
  },
});

function named(
  actors: readonly string[],
  roles: readonly Role[] | undefined,
  who: Pick<Newcomer, 'identity' | 'patient' | 'printedName'>,
): readonly Newcomer[] {
  if (actors.length === 0) throw wrongUsage('ACTOR', 'an actor, or --organisation');
  if (roles === undefined) throw wrongUsage('--roles', 'the roles of the actors');
  const isOne = [who.identity, who.patient, who.printedName].some((each) => each !== undefined);
  if (isOne && actors.length > 1) {
    throw wrongUsage('ACTOR', 'one actor, who is the person', actors.join(' '));
  }
  return actors.map((actor) => ({ actor, roles, ...who }));
}

async function staffOf(
  session: Session,
  organisation: string,
  besides: readonly string[],
): Promise<readonly Newcomer[]> {
  const [other] = besides;
  if (other !== undefined) {
    throw wrongUsage('--organisation', 'neither actors nor --roles beside it', other);
  }
  const { grantable, registrars } = await memberOf(
    session,
    await session.founder(organisation),
    organisation,
    '--organisation',
  );
  const [member = ''] = (registrars[0] ?? '').split('.');
  return grantable
    .filter((each) => !LONE_ROLES.some((lone) => lone === each))
    .map((each) => ({ actor: `${member}.${each}`, roles: [each] }));
}

async function enrolOne(
  session: Session,
  { actor, roles, patient, identity, printedName }: Newcomer,
  kind: z.infer<typeof actorKind>,
): Promise<Receipt> {
  const registrar = session.named ?? registrarOf(actor);
  await session.keysOf(registrar);
  const { network } = await session.root();
  const person = identity && (await namedBy(session, registrar, identity));
  const { keys, made, file } = await keysFor(session, actor);
  const named = { ...person, ...(patient === undefined ? {} : { patient }) };
  const newcomer = { id: actor, roles, ...named };
  const body = await enrolmentBody(network, newcomer, keys, kind);
  try {
    return await session.say(registrar, {
      ...{ type: 'registry:EnrolActor', body },
      ...printedNameAnnex(printedName),
    });
  } catch (error) {
    // the ledger said no, so that nobody will ever know these keys
    const decided = error instanceof GatewayProblem && error.status < 500;
    if (made && decided) await rm(file);
    throw error;
  }
}

function registrarOf(actor: string): string {
  const [member = '', ...person] = actor.split('.');
  if (person.length > 0) return `${member}.registrar`;
  throw wrongUsage('--as', `the registrar who enrols ${actor}`);
}

/** The keys of an earlier try whose outcome was not known, or new ones; they are on disk before they are sent. */
async function keysFor(
  session: Session,
  actor: string,
): Promise<{ readonly keys: ActorKeys; readonly made: boolean; readonly file: string }> {
  const file = join(session.keys, `${actor}.json`);
  if (existsSync(file)) return { keys: await readActorKeys(file), made: false, file };
  const keys = generateActorKeys();
  await mkdir(session.keys, { recursive: true, mode: 0o700 });
  await writeActorKeys(file, keys);
  return { keys, made: true, file };
}
