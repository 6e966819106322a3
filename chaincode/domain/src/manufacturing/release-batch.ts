import { z } from 'zod';
import type { Command } from '../commands/command.js';
import type { Asking, Context, PermissionDecision } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import { reasonsToLook } from '../gates/alarms.js';
import { distinct, reasonsOfChain } from '../gates/chain.js';
import { reasonsOfBatch, reasonsOfKeeping } from '../gates/containers.js';
import type { Ancestry } from '../graph/ancestry.js';
import { upstreamWithTests } from '../graph/evidence.js';
import type { Link } from '../graph/links.js';
import { makersOf } from '../graph/makers.js';
import { statementsBehind } from '../graph/statements.js';
import { upstreamOf } from '../graph/upstream.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import type { Batch } from '../nouns/batch.js';
import type { Reason } from '../nouns/reason.js';
import { personAsking } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { findSuspects } from '../registry/suspects.js';
import { reasonsOfSuspects, type Suspect } from '../registry/suspicion.js';
import { code, coi, localId } from '../values/identifiers.js';

/** The batch that is reviewed or certified. */
export const releaseBody = z.strictObject({ coi, batch: localId });
export type ReleaseBody = z.infer<typeof releaseBody>;

/** Tests that may follow and are open: whoever signs names each by its step. */
export const openTests = z.array(code).min(1).max(16).optional();

export interface ReleaseBatchState {
  readonly therapy: Therapy;
  readonly whole: WholeTherapy;
  readonly batch: Batch | undefined;
  /** everything upstream of the batch and of each of its vials */
  readonly ancestry: Ancestry;
  /** the same with the tests by which it is judged */
  readonly tested: Ancestry;
  /** what the batch rests on that was signed with compromised keys */
  readonly suspects: readonly Suspect[];
}

/** Refuses what is asked of a batch that nobody recorded. */
export function unknownBatch(command: Command<ReleaseBody>): PermissionDecision {
  return {
    decision: 'refused',
    reasons: [{ code: 'UNKNOWN_BATCH', subject: `batch ${command.body.batch}` }],
  };
}

/** Why a batch can be neither reviewed nor certified by whoever asks. */
export function reasonsAgainstRelease(
  state: ReleaseBatchState,
  batch: Batch,
  context: Context,
): readonly Reason[] {
  const subject = `batch ${batch.id}`;
  const reasons = [...reasonsAgainstBatch(state, batch, context)];
  const makers = makersOf(state.whole, state.tested);
  if ([context.principal, personAsking(context)].some((each) => makers.has(each))) {
    reasons.push({ code: 'MAKER', subject, found: context.principal });
  }
  return distinct(reasons);
}

/** Why a batch can be neither reviewed nor certified, whoever asks. */
export function reasonsAgainstBatch(
  { whole, ancestry, tested, suspects }: Omit<ReleaseBatchState, 'therapy' | 'batch'>,
  batch: Batch,
  { transactionTime }: Pick<Asking, 'transactionTime'>,
): readonly Reason[] {
  return distinct([
    ...reasonsOfChain(whole, ancestry).filter((reason) => !isUnderWay(batch, reason)),
    ...reasonsOfBatch(whole, batch),
    ...reasonsToLook(whole, tested),
    ...reasonsOfSuspects(suspects),
    ...reasonsOfKeeping(batch, transactionTime),
  ]);
}

/** What a batch is judged with: itself and each of its vials. */
export function linksOfRelease({ therapy, batches }: WholeTherapy, id: string): readonly Link[] {
  const vials = batches.get(id)?.vials ?? [];
  return [
    { kind: 'batch', id },
    ...vials.map((vial): Link => ({ kind: 'item', coi: therapy.coi, id: vial })),
  ];
}

/** Vials may be on their way while they are judged, under quarantine; the dose waits for their receipt (A4). */
function isUnderWay({ vials }: Batch, { code, subject, found }: Reason): boolean {
  if (code !== 'HAND_OFF_NOT_ACCEPTED' || found !== 'pending') return false;
  return vials.some((id) => subject === `item ${id}`);
}

/** A batch with everything that it was made of and rests on. */
export async function readForRelease(
  reader: Reader,
  { body: { coi, batch: id } }: Pick<Command<ReleaseBody>, 'body'>,
): Promise<ReleaseBatchState> {
  const whole = await readWholeTherapy(reader, coi);
  const { therapy } = whole;
  const batch = whole.batches.get(id);
  const links = linksOfRelease(whole, id);
  const tested = upstreamWithTests(whole, links);
  const suspects = await findSuspects(reader, coi, statementsBehind(whole, tested));
  return { therapy, whole, batch, ancestry: upstreamOf(whole, links), tested, suspects };
}
