import { z } from 'zod';
import { ofBatch } from '../annulling/manufacturing.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { ownNameOf } from '../custody/own-name.js';
import { admitItem, reportedOf } from '../custody/resolve.js';
import type { NamedItem } from '../nouns/named-item.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { coi, instant, itemId, localId } from '../values/identifiers.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import { isAnnulled, stillBlocking } from '../nouns/subject.js';
import type { Therapy } from '../nouns/therapy.js';
import { earlier } from '../values/time.js';
import { reasonWithoutReserve } from '../values/words.js';
import type { Batch } from '../nouns/batch.js';
import { shortenedBefore } from '../nouns/keeping.js';
import type { Design } from '../nouns/design.js';
import { lineageOf, type ProcessDefinition } from '../nouns/process-definition.js';
import { type EarlyRecall, recallOf } from '../nouns/early-recall.js';
import { optionally } from './pinned-process.js';
import { imageInPlace, labelImageRule, noteReserveSamples } from './reserve-samples.js';
import { earlyRecallOfBatch } from './recall-batch.js';
import { attemptRef } from './start-step.js';
import type { StepAttempt } from '../nouns/step.js';
import { alarmUnless } from '../standing/claim.js';
import { ofQuality } from '../standing/people.js';

const vials = z.int().min(0).max(10_000);

const recordBatchBody = z.strictObject({
  coi,
  batch: localId,
  /** left out where the process has no designs */
  design: localId.exactOptional(),
  /** the batch that this one replaces */
  parentBatch: localId.optional(),
  /** the attempt that filled it */
  fill: attemptRef,
  expiry: instant,
  /** none where every vial was rejected */
  vials: z.array(itemId).max(50),
  /** numbers of vials; those listed, sampled, retained and rejected make up those made */
  reconciliation: z.strictObject({
    made: vials,
    sampled: vials,
    retained: vials,
    rejected: vials,
  }),
  /** why fewer were retained than the process wants; the image of the label is the annex `image` */
  withoutReserve: reasonWithoutReserve.exactOptional(),
});

export const recordBatch = defineFact({
  type: 'manufacturing:RecordBatch',
  roles: ['operator'],
  signature: 'delegable',
  annexes: [labelImageRule],
  body: recordBatchBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const { coi, fill } = body;
    const therapy = await reader.therapy(coi);
    return {
      therapy,
      early: await reader.get('early-recall', earlyRecallOfBatch(therapy, body.batch)),
      existing: await reader.get('batch', { coi, id: body.batch }),
      definition: (await reader.processOf(therapy)).definition,
      design: await optionally(body.design, (id) => reader.get('design', { coi, id })),
      fill: await reader.get('step', { coi, step: fill.step, attempt: fill.attempt }),
      parent: await optionally(body.parentBatch, (id) => reader.get('batch', { coi, id })),
      vials: await Promise.all(body.vials.map((item) => reader.named(coi, item))),
    };
  },
  standing: ({ therapy }, { body: { coi, batch: id } }, context) =>
    alarmUnless(ofQuality(therapy, context), {
      subject: { kind: 'batch', coi, id },
      claim: 'other',
    }),
  annulling: ofBatch,
  decide: decideRecordBatch,
});
type Body = z.infer<typeof recordBatchBody>;

export interface BatchState {
  readonly therapy: Therapy;
  readonly existing: Batch | undefined;
  /** the recall before there was a batch */
  readonly early?: EarlyRecall | undefined;
  readonly definition: ProcessDefinition;
  readonly design: Design | undefined;
  /** in whose place it was made */
  readonly parent?: Batch | undefined;
  readonly fill: StepAttempt | undefined;
  readonly vials: readonly NamedItem[];
}

/** What was filled, from which design, and where every vial went. */
export function decideRecordBatch(
  state: BatchState,
  command: Command<Body>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  const { existing } = state;
  if (existing && !isAnnulled(existing)) {
    return recording
      .deviate(
        { code: 'IDENTIFIER_TAKEN', classification: 'critical', found: body.batch },
        existing,
      )
      .done();
  }
  const stated: Batch = {
    noun: 'batch',
    coi: body.coi,
    id: body.batch,
    fill: body.fill,
    vials: state.vials.map(ownNameOf),
    reconciliation: body.reconciliation,
    expiry: body.expiry,
    recorded: signedBy(command, context),
    ...imageInPlace(body.withoutReserve, command.annex?.['image']),
    ...recallOf(state.early),
    ...inPlaceOf(existing),
    ...(body.design === undefined ? {} : { design: body.design }),
    ...(body.parentBatch === undefined ? {} : { parentBatch: body.parentBatch }),
  };
  const batch = shortenedBefore(stated, existing);
  recording.put(batch).about(batch, effectiveOf(state.fill?.report ?? state.therapy.ordered));
  noteDesign(recording, state, batch);
  if (!state.fill?.report) {
    recording.deviate(
      { code: 'STEP_OUT_OF_ORDER', classification: 'major', expected: body.fill.step },
      batch,
    );
  }
  noteParent(recording, batch, state.parent);
  noteReconciliation(recording, batch);
  noteUnits(recording, batch, state.fill);
  noteReserveSamples(recording, batch, state.definition);
  for (const named of state.vials) {
    const vial = admitItem(recording, reportedOf(state.therapy, named), command, context);
    if (vial.coi !== batch.coi) continue;
    if (vial.batch !== undefined) {
      recording.deviate(
        {
          code: 'VIAL_OF_ANOTHER_BATCH',
          classification: 'critical',
          expected: vial.batch,
          found: batch.id,
        },
        vial,
        batch,
      );
      continue;
    }
    recording.put({
      ...vial,
      batch: batch.id,
      useBy: earlier(vial.useBy ?? batch.expiry, batch.expiry),
    });
    if (!state.fill?.report?.outputs.includes(vial.id)) {
      recording.deviate(
        { code: 'NOT_OF_THIS_FILL', classification: 'critical', found: vial.id },
        vial,
        batch,
      );
    }
  }
  return recording.done();
}

/** What stays of a batch that was entered in error, when it is recorded anew: a recall, and what stops it. */
function inPlaceOf(mistaken: Batch | undefined): Pick<Batch, 'blockers' | 'recall'> {
  if (!mistaken) return { blockers: [] };
  const { recall } = mistaken;
  return { blockers: stillBlocking(mistaken), ...(recall ? { recall } : {}) };
}

/** Where the process has designs, a batch is made from one that was approved; where it has none, from none. */
function noteDesign(recording: Recording, { definition, design }: BatchState, batch: Batch): void {
  const found = batch.design ?? 'none';
  if (lineageOf(definition) === 'material') {
    if (batch.design === undefined) return;
    const expected = 'no design';
    recording.deviate({ code: 'UNKNOWN_DESIGN', classification: 'major', expected, found }, batch);
  } else if (!design?.approved) {
    recording.deviate({ code: 'DESIGN_NOT_APPROVED', classification: 'critical', found }, batch);
  }
}

/** A batch is made in the place of another one of its therapy. */
function noteParent(recording: Recording, batch: Batch, parent: Batch | undefined): void {
  const { parentBatch: found } = batch;
  if (found === undefined || (parent && parent.id !== batch.id)) return;
  const expected = 'another batch of the therapy';
  recording.deviate({ code: 'UNKNOWN_BATCH', classification: 'minor', expected, found }, batch);
}

function noteReconciliation(recording: Recording, batch: Batch): void {
  const { made, sampled, retained, rejected } = batch.reconciliation;
  const accounted = batch.vials.length + sampled + retained + rejected;
  if (accounted === made && new Set(batch.vials).size === batch.vials.length) return;
  recording.deviate(
    {
      code: 'NOT_RECONCILED',
      classification: 'critical',
      expected: `${made} vials made`,
      found: `${accounted} accounted for`,
    },
    batch,
  );
}

/** Of what the fill's own report made, nothing is left out (C4). */
function noteUnits(recording: Recording, batch: Batch, fill: StepAttempt | undefined): void {
  const filled = fill?.report?.outputs.length;
  const { made } = batch.reconciliation;
  if (filled === undefined || filled === made) return;
  recording.deviate(
    {
      code: 'UNITS_DIFFER',
      classification: 'critical',
      expected: `${filled} vials filled`,
      found: `${made} vials made`,
    },
    batch,
  );
}
