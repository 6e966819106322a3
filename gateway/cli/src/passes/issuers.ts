import { writeFile } from 'node:fs/promises';
import {
  actorId,
  organisationId,
  type PassIssuers,
  publicKeysSchema,
  type Role,
} from '@veinledger/domain';
import { z } from 'zod';
import type { CommandResult } from '../command-result.js';
import type { Session } from '../session.js';

/** Who may issue a pass. */
const ROLES: readonly Role[] = ['pharmacist', 'clinician'];

const listed = z.looseObject({
  id: actorId,
  organisation: organisationId,
  keys: publicKeysSchema,
  revocation: z.unknown().optional(),
});

/** Writes down whose passes count, for where the ledger cannot be asked: everybody who may issue one and is not revoked. */
export async function writeIssuers(
  session: Session,
  { to, organisation }: { readonly to: string; readonly organisation?: string | undefined },
): Promise<CommandResult> {
  const actor = await session.reader();
  const asOf = new Date().toISOString();
  const found = new Map<string, PassIssuers['issuers'][number]>();
  for (const role of ROLES) {
    const query = new URLSearchParams({ role, ...(organisation ? { organisation } : {}) });
    const actors = z
      .array(listed)
      .parse(await session.list(actor, `/v1/actors?${query.toString()}`));
    for (const { id, organisation: of, keys, revocation } of actors)
      if (revocation === undefined) found.set(id, { actor: id, organisation: of, keys });
  }
  const { network } = await session.root();
  const data: PassIssuers = { v: 1, network, asOf, issuers: [...found.values()] };
  await writeFile(to, `${JSON.stringify(data, undefined, 2)}\n`);
  return { data, lines: [`${found.size} who may issue passes, as of ${asOf}: ${to}`] };
}
