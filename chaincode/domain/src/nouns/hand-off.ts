import { z } from 'zod';
import { coi, digest, instant, itemId, organisationId } from '../values/identifiers.js';
import { labelRead } from '../values/label.js';
import { HAND_OFF_VERDICTS, inHandsOf } from '../values/words.js';
import { holderSchema } from './item.js';
import { defineNoun, type ReadOnly } from './noun.js';

const handOffReleaseSchema = z.strictObject({
  command: digest,
  by: holderSchema,
  to: organisationId,
  at: instant,
  sscc: z.string().exactOptional(),
  seals: z.array(z.string()),
  condition: z.string(),
  logger: z.string().exactOptional(),
  /** the identifier on the label, or why none was read */
  labelRead,
  identityCheck: z.string(),
  /** whether a product was sent back by where it was to be given */
  returned: z.boolean().exactOptional(),
});

/** The half that the releaser signed. */
export interface Release extends ReadOnly<z.infer<typeof handOffReleaseSchema>> {}

const handOffReceiptSchema = z.strictObject({
  command: digest,
  by: holderSchema,
  verdict: z.enum(HAND_OFF_VERDICTS),
  reason: z.string().exactOptional(),
  /** of a rejected delivery: in whose hands it stayed */
  heldBy: inHandsOf.exactOptional(),
  at: instant,
  seals: z.array(z.string()),
  condition: z.string(),
  /** the identifier on the label, or why none was read */
  labelRead,
  /** whether a product came back from where it was to be given */
  returned: z.boolean().exactOptional(),
});

/** A half that a receiver signed. More than one contradict each other, and all are kept. */
export interface Receipt extends ReadOnly<z.infer<typeof handOffReceiptSchema>> {}

export const handOffSchema = z.strictObject({
  noun: z.literal('hand-off'),
  coi,
  id: z.string(),
  item: itemId,
  release: handOffReleaseSchema.exactOptional(),
  receipts: z.array(handOffReceiptSchema),
  /** the commands of halves that were entered in error */
  annulled: z.array(digest).exactOptional(),
});

/** A hand-over of one item from one organisation to another, in two signed halves. */
export interface HandOff extends ReadOnly<z.infer<typeof handOffSchema>> {}

export const handOffNoun = defineNoun<HandOff>()({
  noun: 'hand-off',
  schema: handOffSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
