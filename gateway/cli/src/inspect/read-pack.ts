import { actorId, instant, organisationId, role } from '@veinledger/domain';
import type { markedRecord } from '@veinledger/client/wire';
import { z } from 'zod';
import type { Session } from '../session.js';

export type MarkedRecord = z.output<typeof markedRecord>;

const actor = z.looseObject({
  id: actorId,
  organisation: organisationId,
  kind: z.string(),
  roles: z.array(role),
  enrolledAt: instant,
  enrolledBy: actorId,
  keysSince: instant.optional(),
  revocation: z.looseObject({ at: instant, by: actorId, reason: z.string() }).optional(),
});

/** Somebody who may sign, and since when. */
export type WithAccess = z.output<typeof actor>;

const publishedProcess = z.looseObject({
  id: z.string(),
  version: z.string(),
  hash: z.string(),
  publishedBy: actorId,
  at: instant,
  definition: z.looseObject({ steps: z.array(z.unknown()) }),
});

export type ReadProcess = z.output<typeof publishedProcess>;

const ledgerAnswer = z.object({ name: z.string(), height: z.int() });
const verification = z.looseObject({ intact: z.boolean() });

/** Everybody who is enrolled and whom the reader may know. */
export async function readAccess(session: Session, reader: string): Promise<readonly WithAccess[]> {
  return z.array(actor).parse(await session.list(reader, '/v1/actors'));
}

/** Every published version of every process. */
export async function readProcesses(
  session: Session,
  reader: string,
): Promise<readonly ReadProcess[]> {
  return z.array(publishedProcess).parse(await session.list(reader, '/v1/processes'));
}

/** Which ledger answers, and whether its chain of blocks is whole. */
export async function readLedger(session: Session, reader: string) {
  const { name, height } = ledgerAnswer.parse(await session.read(reader, '/v1/ledger'));
  const { intact } = verification.parse(await session.read(reader, '/v1/ledger/verification'));
  return { name, height, intact };
}

/** The therapy as a page for people, whole and printable. */
export async function readPage(session: Session, reader: string, coi: string): Promise<string> {
  const client = await session.client(reader);
  return client.readText(`/v1/therapies/${coi}/trace/page`, 'text/html');
}
