import { z } from 'zod';
import type { AnyOperation, OptionalParameter } from './operation.js';

const MAX_FIELDS_LENGTH = 1000;

/** Which members of an answer are asked for, in every read. */
const FIELDS_PARAMETER: OptionalParameter = {
  description:
    'The members to answer, such as coi,process.version; in a list, the members of each item',
  schema: z
    .string()
    .regex(/^\w+(\.\w+)*(,\w+(\.\w+)*)*$/, 'members joined by commas, such as coi,process.version')
    .max(MAX_FIELDS_LENGTH),
};

/** The schema of the answer that callers may ask for in part: what an actor reads as JSON. */
export function sparseAnswer(operation: AnyOperation): z.ZodType | undefined {
  if (operation.access !== 'actor' || operation.method !== 'get') return undefined;
  const { mediaType = 'application/json', schema } = operation.answers[200] ?? {};
  return mediaType === 'application/json' ? schema : undefined;
}

/** An operation's own query parameters, and which fields of its answer are asked for. */
export function queryOf(operation: AnyOperation): Readonly<Record<string, OptionalParameter>> {
  const { query = {} } = operation;
  return sparseAnswer(operation) === undefined ? query : { ...query, fields: FIELDS_PARAMETER };
}
