import { type AwaitedSignature, therapyWaitingSchema } from '@veinledger/domain';
import { z } from 'zod';
import type { Session } from './session.js';

/** Something that waits for a signature, and in which therapy. */
export interface Queued extends AwaitedSignature {
  readonly coi: string;
}

/** Everything that waits for an actor's signature, therapy by therapy. */
export async function queueOf(session: Session, actor: string): Promise<readonly Queued[]> {
  const listed = z.array(therapyWaitingSchema).parse(await session.list(actor, '/v1/waiting'));
  return listed.flatMap(queuedIn);
}

/** What waits for an actor's signature in one therapy. */
export async function queueIn(
  session: Session,
  actor: string,
  coi: string,
): Promise<readonly Queued[]> {
  const path = `/v1/therapies/${coi}/waiting`;
  return queuedIn(therapyWaitingSchema.parse(await session.read(actor, path)));
}

function queuedIn({ coi, waiting }: z.output<typeof therapyWaitingSchema>): readonly Queued[] {
  return waiting.map((each) => ({ coi, ...each }));
}

/** What waits is named for people by its therapy and the beginning of its id. */
export function nameOfQueued({ coi, id }: Pick<Queued, 'coi' | 'id'>): string {
  return `${coi}/${id.slice(0, 10)}`;
}

/** By what it can be signed, in words. */
export const BY_WHAT: Readonly<Record<AwaitedSignature['signature'], string>> = {
  own: 'own electronic signature',
  delegable: 'own, or a device under a session',
  device: 'own, or a device',
};
