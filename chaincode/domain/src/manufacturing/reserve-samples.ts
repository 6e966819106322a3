import { z } from 'zod';
import type { Recording } from '../commands/decision.js';
import type { Batch } from '../nouns/batch.js';
import { type ProcessDefinition, reserveSamplesOf } from '../nouns/process-definition.js';
import { hexDigest } from '../values/identifiers.js';
import type { ReasonWithoutReserve } from '../values/words.js';

/** The image of a batch's label, without the image: its SHA-256 in hexadecimal, its size in bytes and its format. */
const labelImageContent = z.strictObject({
  sha256: hexDigest,
  bytes: z.int().min(1),
  format: z.enum(['jpeg', 'pdf', 'png', 'tiff']),
});

/** The annex in which whoever records a batch names the image that stands in the place of reserve samples. */
export const labelImageRule = { name: 'image', required: false, content: labelImageContent };

/**
 * What stands in the place of the reserve samples: the image of a label, together with the reason why nothing was spared; one
 * without the other stands for nothing.
 * @param commitment to the image, from the annex
 */
export function imageInPlace(
  reason: ReasonWithoutReserve | undefined,
  commitment: string | undefined,
): Pick<Batch, 'labelImage'> {
  if (reason === undefined || commitment === undefined) return {};
  return { labelImage: { reason, commitment } };
}

/**
 * Of a batch that has something for the patient as many reserve samples are retained as its process wants, or the image of
 * its label stands in their place (C4). Where everything was rejected there is nothing to keep a sample of.
 */
export function noteReserveSamples(
  recording: Recording,
  batch: Batch,
  definition: ProcessDefinition,
): void {
  const wanted = reserveSamplesOf(definition);
  const { retained } = batch.reconciliation;
  if (batch.vials.length === 0 || retained >= wanted || batch.labelImage) return;
  recording.deviate(
    {
      code: 'RESERVE_SAMPLES_MISSING',
      classification: 'major',
      expected: `${wanted} retained, or an image of the label and why`,
      found: `${retained} retained`,
    },
    batch,
  );
}
