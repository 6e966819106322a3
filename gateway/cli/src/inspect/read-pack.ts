import { actorId, digest, instant, organisationId, role } from '@veinledger/domain';
import type { markedRecord } from '@veinledger/client/wire';
import { GatewayProblem } from '@veinledger/client/node';
import { z } from 'zod';
import type { Session } from '../session.js';

/** By these a gateway says that it has no such name for the reader. */
const NOT_GIVEN: readonly string[] = ['NOT_FOUND', 'NOT_ENTITLED', 'ANNEX_UNAVAILABLE'];

export type MarkedRecord = z.output<typeof markedRecord>;

const actor = z.looseObject({
  id: actorId,
  organisation: organisationId,
  kind: z.string(),
  roles: z.array(role),
  enrolledAt: instant,
  enrolledBy: actorId,
  printedName: digest.optional(),
  formerNames: z.array(z.object({ printedName: digest.optional(), until: instant })).default([]),
  keysSince: instant.optional(),
  revocation: z.looseObject({ at: instant, by: actorId, reason: z.string() }).optional(),
});

/** Somebody who may sign, since when, and by which name their signatures are printed. */
export interface WithAccess extends z.output<typeof actor> {
  /** left out where none is on record, or the reader is not told */
  readonly name?: string;
  /** the names before, the earliest first, each until a transaction's time */
  readonly formerly: readonly { readonly name?: string; readonly until: string }[];
}

/**
 * By which name a signature is printed: the one that held when it was given.
 * @param time of its transaction, RFC 3339
 */
export function nameAt(
  { name, formerly }: Pick<WithAccess, 'name' | 'formerly'>,
  time: string,
): string | undefined {
  const former = formerly.find(({ until }) => Date.parse(time) < Date.parse(until));
  return former ? former.name : name;
}

const printed = z.object({ content: z.object({ printedName: z.string() }) });

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
  const actors = z.array(actor).parse(await session.list(reader, '/v1/actors'));
  const found: WithAccess[] = [];
  for (const each of actors) {
    const formerly: WithAccess['formerly'][number][] = [];
    for (const { printedName, until } of each.formerNames)
      formerly.push({ ...(await named(session, reader, printedName)), until });
    found.push({ ...each, ...(await named(session, reader, each.printedName)), formerly });
  }
  return found;
}

async function named(
  session: Session,
  reader: string,
  commitment: string | undefined,
): Promise<{ readonly name?: string }> {
  const name = commitment && (await readName(session, reader, commitment));
  return name === undefined ? {} : { name };
}

/** The name that was committed to; undefined where the reader is not told, or no member can give it. */
async function readName(
  session: Session,
  reader: string,
  commitment: string,
): Promise<string | undefined> {
  try {
    const annex = await session.read(reader, `/v1/annexes/${commitment}`);
    const { text } = z.object({ text: z.string() }).parse(annex);
    return printed.parse(JSON.parse(text)).content.printedName;
  } catch (error) {
    if (error instanceof GatewayProblem && NOT_GIVEN.includes(error.code)) return undefined;
    throw error;
  }
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
