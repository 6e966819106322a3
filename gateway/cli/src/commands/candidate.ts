import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { actorId, type ConsortiumRoot, readConsortiumRoot } from '@veinledger/domain';
import { generateActorKeys, readActorKeys, writeActorKeys } from '@veinledger/client/node';
import { z } from 'zod';
import { provenKeys } from '../possession.js';
import { defineCommand } from '../command.js';
import { readJson } from '../content.js';
import type { Candidate } from '../candidates.js';
import type { Session } from '../session.js';

export const candidate = defineCommand({
  arguments: [{ name: 'actor', summary: 'for instance clinic.registrar' }],
  options: [
    { name: 'out', value: 'FILE', summary: 'where the public half goes, with its proof' },
    { name: 'root', value: 'FILE', summary: 'the root of the consortium, for a home without one' },
  ],
  input: z.strictObject({
    actor: actorId,
    out: z.string({ error: 'a file' }),
    root: z.string().optional(),
  }),
  run: async (session, { actor, out, root }) => {
    const { network } = await rootOf(session, root);
    const file = join(session.keys, `${actor}.json`);
    const known = existsSync(file);
    const keys = known ? await readActorKeys(file) : generateActorKeys();
    if (!known) {
      await mkdir(session.keys, { recursive: true, mode: 0o700 });
      await writeActorKeys(file, keys);
    }
    const described: Candidate = { actor, ...(await provenKeys(network, actor, keys)) };
    await writeFile(out, `${JSON.stringify(described, undefined, 2)}\n`);
    return {
      data: { actor, network, keys: file, out },
      lines: [
        `${actor} is ready to be voted on`,
        `  keys         ${file} (private)`,
        `  for members  ${out}`,
      ],
    };
  },
});

/** The home's root; one that is given for a home without any stays there. */
async function rootOf(session: Session, given: string | undefined): Promise<ConsortiumRoot> {
  const { rootFile } = session.home;
  if (given === undefined || existsSync(rootFile)) return session.root();
  const root = readConsortiumRoot(await readJson('--root', `@${given}`));
  await mkdir(dirname(rootFile), { recursive: true, mode: 0o700 });
  await copyFile(given, rootFile);
  return root;
}
