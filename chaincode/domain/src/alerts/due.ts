import { z } from 'zod';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import { alertCauseSchema } from '../nouns/alert.js';
import { signerSchema } from '../nouns/gathered.js';
import type { ReadOnly } from '../nouns/noun.js';
import { effectiveOf, principalOf } from '../nouns/signed.js';
import { actorId, instant } from '../values/identifiers.js';
import { minutesAfter } from '../values/time.js';
import { alertRecipient } from '../values/words.js';
import { concernsOf } from './concerns.js';
import { decidersOf, decisionOn, lateFailuresOf } from './recall-decisions.js';
import { decisionDue, turnAt } from './timing.js';

const waiting = {
  cause: alertCauseSchema,
  /** from when on it waits */
  since: instant,
  /** until when somebody should have answered */
  due: instant,
  /** whole minutes; 0 where it is in time */
  overdueMinutes: z.int().min(0),
};

/** What still waits for somebody since something was learnt of what was made or given. */
export const alertDueSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('acknowledgement'),
    dose: z.string(),
    ...waiting,
    /** absent where nobody stated it yet */
    alert: z.string().exactOptional(),
    /** who authorised the dose, where somebody did */
    physician: actorId.exactOptional(),
    /** whose turn it is to acknowledge */
    asked: alertRecipient,
  }),
  z.strictObject({
    kind: z.literal('recall-decision'),
    batch: z.string(),
    ...waiting,
    /** who has still to sign that the batch is not recalled, unless somebody recalls it */
    missing: z.array(signerSchema),
  }),
]);

export type AlertDue = ReadOnly<z.infer<typeof alertDueSchema>>;

/**
 * Whom a recall or a late result still waits for (C3, D2): for each dose given that is concerned and has no acknowledged
 * alert, the physician, the deputy or the safety officer; for each certified batch of which a check of identity or safety
 * failed late, those who recall it or decide not to. Nobody need have stated anything.
 * @param at RFC 3339
 */
export function alertsDue(whole: WholeTherapy, at: string): readonly AlertDue[] {
  return [...acknowledgementsDue(whole, at), ...recallDecisionsDue(whole, at)];
}

function acknowledgementsDue(whole: WholeTherapy, at: string): readonly AlertDue[] {
  return concernsOf(whole)
    .filter(({ alert }) => !alert?.acknowledged)
    .map(({ dose, cause, since, alert }) => ({
      kind: 'acknowledgement',
      dose: dose.id,
      cause,
      since,
      ...(alert ? { alert: alert.id } : {}),
      ...(dose.authorised ? { physician: principalOf(dose.authorised) } : {}),
      ...turnAt(whole.definition, since, at),
    }));
}

function recallDecisionsDue(whole: WholeTherapy, at: string): readonly AlertDue[] {
  return [...whole.batches.values()].flatMap((batch) =>
    lateFailuresOf(whole, batch).flatMap((failure): readonly AlertDue[] => {
      const decision = decisionOn(whole, batch.id, failure);
      if (decision?.decided) return [];
      const since = effectiveOf(failure.by);
      const due = decisionDue(whole.definition, since);
      return [
        {
          kind: 'recall-decision',
          batch: batch.id,
          cause: failure.cause,
          since,
          due,
          overdueMinutes: minutesAfter(due, at),
          missing: decision?.missing ?? decidersOf(whole.therapy),
        },
      ];
    }),
  );
}
