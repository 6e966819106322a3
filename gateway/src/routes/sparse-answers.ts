import { z } from 'zod';
import type { AnyOperation, OptionalParameter } from './operation.js';

const MAX_FIELDS_LENGTH = 1000;

/** Which members of an answer are asked for, in every read. */
export const FIELDS_PARAMETER: OptionalParameter = {
  description:
    'The members to answer, such as coi,process.version; in a list, the members of each item',
  schema: z
    .string()
    .regex(/^\w+(\.\w+)*(,\w+(\.\w+)*)*$/)
    .max(MAX_FIELDS_LENGTH),
};

/** The schema of the answer that callers may ask for in part: what an actor reads as JSON. */
export function sparseAnswer(operation: AnyOperation): z.ZodType | undefined {
  if (operation.access !== 'actor' || operation.method !== 'get') return undefined;
  const { mediaType = 'application/json', schema } = operation.answers[200] ?? {};
  return mediaType === 'application/json' ? schema : undefined;
}
