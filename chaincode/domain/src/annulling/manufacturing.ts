import type { Batch } from '../nouns/batch.js';
import type { Item } from '../nouns/item.js';
import { annul } from '../nouns/subject.js';
import { earliest } from '../values/time.js';
import type { Annulling } from './annulling.js';
import type { Things } from './things.js';
import { backInHand, unidentified } from './unidentified.js';
import { earlyRecallsOf } from './recall.js';
import { without } from './without.js';

/** The permission is gone; what was reported under it was never permitted. */
export const ofStart: Annulling = {
  signedBy: 'custody',
  undo: ({ commandId }, things) => {
    const attempt = things.of('step').find(({ permission }) => permission?.command === commandId);
    if (!attempt) return {};
    if (!attempt.report) return { changes: [annul(attempt, commandId)] };
    return { look: [without(attempt, 'permission')] };
  },
};

/**
 * The attempt counts for nothing but for its failed checks. Of what it made nobody knows what it is, until another
 * attempt reports it; what it used is back, and its data may be reported anew.
 */
export const ofReport: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things) => {
    const attempt = things.of('step').find(({ report }) => report?.command === commandId);
    if (!attempt?.report) return {};
    const isOf = (by: { readonly step: string; readonly attempt: number } | undefined) =>
      by?.step === attempt.step && by.attempt === attempt.attempt;
    const made = things.of('item').filter(({ producedBy }) => isOf(producedBy));
    const datasets = things.of('dataset').filter(({ producedBy }) => isOf(producedBy));
    return {
      changes: [attempt, ...datasets].map((each) => annul(each, commandId)),
      look: [
        ...made.map(unidentified),
        ...backInHand(attempt.report.inputs, things, made, attempt),
      ],
    };
  },
};

/** Nothing is made of the design any more. */
export const ofDesign: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things) => ({
    changes: things
      .of('design')
      .filter(({ submitted }) => submitted.command === commandId)
      .map((design) => annul(design, commandId)),
  }),
};

/** The design waits for approval again. */
export const ofApproval: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things) => ({
    look: things
      .of('design')
      .filter(({ approved }) => approved?.command === commandId)
      .map((design) => without(design, 'approved')),
  }),
};

/** The vials belong to no batch, and go nowhere until one that is reviewed and certified has them. */
export const ofBatch: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things) => {
    const batch = things.of('batch').find(({ recorded }) => recorded.command === commandId);
    if (!batch) return {};
    const vials = things.of('item').filter((item) => item.batch === batch.id);
    return {
      changes: [annul(batch, commandId), ...vials.map((vial) => outOf(batch, vial, things))],
    };
  },
};

/** A vial without its batch: what it was made of limits it still, the batch's expiry no more. */
function outOf(batch: Batch, vial: Item, things: Things): Item {
  const { useBy, ownUseBy } = vial;
  const loose = without(vial, 'batch', 'useBy', 'ownUseBy');
  if (useBy === undefined) return loose;
  if (useBy !== batch.expiry) return { ...loose, useBy };
  const parents = new Set(vial.parents.map(({ id }) => id));
  const limits = things.of('item').flatMap((each) => (parents.has(each.id) ? [each.useBy] : []));
  const own = earliest([ownUseBy, ...limits]);
  return own === undefined ? loose : { ...loose, useBy: own };
}

/** What was recalled by mistake is looked at before it is used. */
export const ofRecall: Annulling = {
  signedBy: 'identity',
  undo: (record, things, annulled) => ({
    changes: earlyRecallsOf(record, things, annulled),
    look: things
      .of('batch')
      .filter(({ recall }) => recall?.command === record.commandId)
      .map((batch) => without(batch, 'recall')),
  }),
};
