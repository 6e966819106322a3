import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readConsortiumRoot } from '@veinledger/domain';
import { readActorKeys, writeActorKeys } from '@veinledger/client/node';
import { loadProfile } from '@veinledger/network/profile';
import { z } from 'zod';
import { foundHome } from '../development/found-home.js';
import type { Home } from '../development/home.js';
import { CliError, wrongUsage } from '../complaint.js';
import { defineCommand } from '../command.js';
import type { CommandResult } from '../command-result.js';
import { readJson } from '../content.js';
import { organisationOf } from '../organisations.js';
import type { Session } from '../session.js';

export const init = defineCommand({
  arguments: [],
  options: [
    {
      name: 'organisation',
      value: 'MSP:COUNTRY:ROLE,…',
      summary: 'founds it with this organisation too; may be repeated',
      many: true,
    },
    {
      name: 'profile',
      value: 'FILE',
      summary: "founds the members of this network profile (default: the shipped one's six)",
    },
    { name: 'root', value: 'FILE', summary: 'the root that the members agreed on; founds nothing' },
    {
      name: 'registrar',
      value: 'FILE',
      summary: "with --root: the member's registrar's keys, whose public half the root names",
    },
  ],
  input: z.strictObject({
    organisation: z.array(z.string()).optional(),
    profile: z.string().optional(),
    root: z.string().optional(),
    registrar: z.string().optional(),
  }),
  run: (session, { organisation = [], profile, root, registrar }) => {
    const organisations = organisation.map(organisationOf);
    requireNone(session.home);
    if (root === undefined) {
      if (registrar !== undefined)
        throw wrongUsage('--root', 'the agreed root, beside --registrar');
      return found(session, organisations, profile);
    }
    if (organisations.length > 0) throw wrongUsage('--organisation', 'nothing beside --root');
    if (registrar === undefined) throw wrongUsage('--registrar', "the member's registrar's keys");
    return prepare(session.home, root, registrar);
  },
});

function requireNone({ rootFile }: Home): void {
  if (!existsSync(rootFile)) return;
  throw new CliError('ALREADY_FOUNDED', 'the home holds a consortium root; nothing was changed', {
    field: '--home',
    expected: 'a home without a root',
    found: rootFile,
  });
}

async function found(
  { home }: Session,
  added: readonly ReturnType<typeof organisationOf>[],
  profile: string | undefined,
): Promise<CommandResult> {
  const { members } = await loadProfile(profile);
  const taken = added.find(({ mspId }) => members.some((each) => each.mspId === mspId));
  if (taken) throw wrongUsage('--organisation', 'an MSP id that is not taken', taken.mspId);
  const all = [...members, ...added];
  const { root } = await foundHome(home, all);
  const made = {
    network: root.network,
    root: home.rootFile,
    registrars: home.registrars,
    authorities: home.authorities,
    wallet: home.wallet,
    organisations: root.organisations.map(({ id }) => id),
  };
  return {
    data: made,
    lines: [
      `founded a development consortium of ${root.organisations.length} organisations`,
      `  network           ${root.network}`,
      `  consortium root   ${home.rootFile}`,
      `  registrars' keys  ${home.registrars} (private: each belongs to one member)`,
      `  CA certificates   ${home.authorities}`,
      `  X.509 identities  ${home.wallet} (private: the gateway's)`,
      ...root.organisations.map(
        ({ id, country, grantable, registrar }) =>
          `  ${id}, ${country}: ${registrar.actor} may grant ${grantable.join(', ')}`,
      ),
    ],
  };
}

async function prepare(
  home: Home,
  rootFile: string,
  registrarFile: string,
): Promise<CommandResult> {
  const root = readConsortiumRoot(await readJson('--root', `@${rootFile}`));
  const keys = await readActorKeys(registrarFile);
  const member = root.organisations.find(
    ({ registrar }) => JSON.stringify(registrar.keys) === JSON.stringify(keys.public),
  );
  if (!member) throw wrongUsage('--registrar', 'keys that the root names', registrarFile);
  const file = join(home.registrars, `${member.registrar.actor}.json`);
  await mkdir(home.registrars, { recursive: true, mode: 0o700 });
  await writeActorKeys(file, keys);
  await copyFile(rootFile, home.rootFile);
  return {
    data: { network: root.network, root: home.rootFile, organisation: member.id, registrar: file },
    lines: [
      `prepared a home of ${member.id}`,
      `  network           ${root.network}`,
      `  consortium root   ${home.rootFile}`,
      `  registrar's keys  ${file} (private)`,
    ],
  };
}
