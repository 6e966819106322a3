import { alertDueSchema, coi, lotSchema, runSchema, type Scope } from '@veinledger/domain';
import { z } from 'zod';
import type { Session } from '../session.js';

/** What nobody has stated in a therapy yet, though a dose that it concerns was given there. */
export interface Unstated {
  readonly coi: string;
  /** what said so: a recall, a late result, a late deviation, or what was found of a run */
  readonly command: string;
}

const therapyListed = z.looseObject({ coi });
const reached = z.looseObject({ coi, unstated: z.array(z.string()) });
const lotListed = lotSchema.pick({ id: true, recall: true }).loose();
const runListed = runSchema.pick({ id: true, failures: true }).loose();

/** What is unstated in every therapy that an actor may know, and in those that the lots and runs of its organisation reach. */
export async function unstatedEverywhere(
  session: Session,
  actor: string,
): Promise<readonly Unstated[]> {
  const therapies = z.array(therapyListed).parse(await session.list(actor, '/v1/therapies'));
  const lots = z.array(lotListed).parse(await session.list(actor, '/v1/lots'));
  const runs = z.array(runListed).parse(await session.list(actor, '/v1/runs'));
  const scopes: readonly Scope[] = [
    ...therapies.map((therapy): Scope => ({ kind: 'therapy', id: therapy.coi })),
    ...lots.filter(({ recall }) => recall).map(({ id }): Scope => ({ kind: 'lot', id })),
    ...runs.filter(({ failures }) => failures).map(({ id }): Scope => ({ kind: 'run', id })),
  ];
  const found: Unstated[] = [];
  for (const scope of scopes) found.push(...(await unstatedAfter(session, actor, scope)));
  return distinct(found);
}

/** What is unstated of a therapy, or wherever a lot or a run was used. */
export async function unstatedAfter(
  session: Session,
  actor: string,
  { kind, id }: Scope,
): Promise<readonly Unstated[]> {
  if (kind === 'therapy') return unstatedIn(session, actor, id);
  if (kind !== 'lot' && kind !== 'run') return [];
  const path = `/v1/${kind}s/${encodeURIComponent(id)}/reach`;
  const uses = z.array(reached).parse(await session.list(actor, path));
  return distinct(
    uses.flatMap((use) => use.unstated.map((command) => ({ coi: use.coi, command }))),
  );
}

async function unstatedIn(session: Session, actor: string, chain: string) {
  const path = `/v1/therapies/${chain}/alerts-due`;
  const due = z.array(alertDueSchema).parse(await session.list(actor, path));
  return distinct(
    due
      .filter((each) => each.kind === 'acknowledgement' && each.alert === undefined)
      .map(({ cause: { command } }) => ({ coi: chain, command })),
  );
}

function distinct(all: readonly Unstated[]): readonly Unstated[] {
  return [...new Map(all.map((each) => [JSON.stringify([each.coi, each.command]), each])).values()];
}
