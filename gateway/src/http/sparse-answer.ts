import { SPARSE_MEDIA_TYPE } from '../openapi/sparse.js';
import { pick, readFields, type Selection } from '../reads/sparse-fields.js';
import type { Answer } from '../routes/answer.js';
import type { AnyOperation, Asked } from '../routes/operation.js';
import { sparseAnswer } from '../routes/sparse-answers.js';

/** What a page always says besides its items: how the list goes on. */
const PAGE_MEMBERS: readonly [string, Selection][] = [['next', { members: new Map() }]];

/**
 * What of an operation's answer is asked for; undefined when all of it is.
 * @throws ProblemError UNKNOWN_FIELD
 */
export function selectionOf(
  operation: AnyOperation,
  { query }: Pick<Asked, 'query'>,
): Selection | undefined {
  const schema = sparseAnswer(operation);
  const { fields } = query;
  if (schema === undefined || typeof fields !== 'string') return undefined;
  if (operation.item === undefined) return readFields(fields, schema);
  const ofItems = readFields(fields, operation.item);
  return { members: new Map([...PAGE_MEMBERS, ['items', ofItems]]) };
}

/** The part of an answer that was asked for. */
export function partOf(answer: Answer, selection: Selection | undefined): Answer {
  if (selection === undefined || answer.status !== 200 || !('body' in answer)) return answer;
  const body = pick(answer.body, selection);
  if (typeof body !== 'object' || body === null) return answer;
  return { ...answer, body, mediaType: SPARSE_MEDIA_TYPE };
}
