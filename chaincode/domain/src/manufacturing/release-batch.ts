import { z } from 'zod';
import type { Command } from '../commands/command.js';
import type { Context, PermissionDecision } from '../commands/decision.js';
import { coi, localId } from '../values/identifiers.js';
import { type ProcessDefinition, stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { reasonsOfSuspects, type Suspect } from '../registry/suspicion.js';
import type { Therapy } from '../nouns/therapy.js';
import { type Ancestry, brokenLinks, makersOf, reasonsOfOrigin } from './ancestry.js';
import type { Batch } from '../nouns/batch.js';
import type { Reader } from '../commands/reader.js';
import { findSuspects } from '../registry/suspects.js';
import { reasonsOfBlockers } from './needs.js';
import { statementsOf, statementsOfAncestry } from './statements.js';
import { therapyAndDefinition } from './pinned-process.js';
import { walkAncestry } from './walk.js';

/** The batch that is reviewed or certified. */
export const releaseBody = z.strictObject({ coi, batch: localId });
export type ReleaseBody = z.infer<typeof releaseBody>;

export interface ReleaseBatchState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly batch: Batch | undefined;
  readonly ancestry: Ancestry;
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

/** Why a batch can be neither reviewed nor certified. */
export function reasonsAgainstRelease(
  state: ReleaseBatchState,
  batch: Batch,
  { principal }: Context,
): readonly Reason[] {
  const subject = `batch ${batch.id}`;
  const reasons: Reason[] = [
    ...brokenLinks(state.ancestry, batch.coi),
    ...reasonsOfOrigin(state.ancestry),
    ...reasonsOfBlockers(state.therapy),
    ...reasonsOfConfirmation(state, batch),
    ...reasonsOfSuspects(state.suspects),
  ];
  if (!batch.tests) reasons.push({ code: 'NOT_TESTED', subject });
  if (batch.recall) reasons.push({ code: 'RECALLED', subject, found: batch.recall.reason });
  if (makersOf(state.ancestry, batch).has(principal))
    reasons.push({ code: 'MAKER', subject, found: principal });
  return reasons;
}

/** Why no step confirmed that what was made has the approved design's sequence. */
export function reasonsOfConfirmation(
  state: { readonly definition: ProcessDefinition; readonly ancestry: Ancestry },
  batch: Batch,
): readonly Reason[] {
  const confirmed = state.ancestry.attempts.some(
    (attempt) =>
      attempt.report?.design === batch.design &&
      stepOf(state.definition, attempt.step)?.checks.some(
        (check) =>
          check.kind === 'design-commitment' &&
          attempt.report?.verdicts.some(
            (each) => each.check === check.code && each.verdict === 'pass',
          ),
      ),
  );
  if (confirmed) return [];
  return [
    {
      code: 'SEQUENCE_NOT_CONFIRMED',
      subject: `batch ${batch.id}`,
      expected: `design ${batch.design}`,
    },
  ];
}

/** A batch with everything that it was made from and rests on. */
export async function readForRelease(
  reader: Reader,
  { body: { coi, batch: id } }: Pick<Command<ReleaseBody>, 'body'>,
): Promise<ReleaseBatchState> {
  const batch = await reader.get('batch', { coi, id });
  const vials = batch?.vials.map((vial) => ({ kind: 'item' as const, coi, id: vial })) ?? [];
  const state = await therapyAndDefinition(reader, coi);
  const ancestry = await walkAncestry(reader, [{ kind: 'batch', coi, id }, ...vials]);
  const statements = [...statementsOf(state.therapy), ...statementsOfAncestry(ancestry)];
  return { ...state, batch, ancestry, suspects: await findSuspects(reader, coi, statements) };
}
