import { z } from 'zod';
import { pick, readFields, type Selection } from '../reads/sparse-fields.js';
import { type Answer, found } from '../operation/answer.js';
import { pageOf } from './list-operation.js';
import type { ActorOperation, AnyOperation, OptionalParameter } from '../operation/operation.js';

const MAX_FIELDS_LENGTH = 1000;

/** Where what is read at `/v1/…` is read in part. */
const PREFIX = '/v1/sparse/';

const FIELDS: OptionalParameter = {
  description:
    'The members to answer, such as coi,process.version; in a list, the members of each item; all when left out',
  schema: z
    .string()
    .regex(/^\w+(\.\w+)*(,\w+(\.\w+)*)*$/, 'members joined by commas, such as coi,process.version')
    .max(MAX_FIELDS_LENGTH),
};

/** What a page always says besides its items: how the list goes on. */
const PAGE_MEMBERS: readonly [string, Selection][] = [['next', { members: new Map() }]];

const part = z.looseObject({});

/**
 * Everything that actors read as JSON, once more in part: at a path of its own, so that an answer in full has one
 * schema, and one in part another.
 */
export function sparseOperations(operations: readonly AnyOperation[]): readonly ActorOperation[] {
  return operations.flatMap((operation) => {
    if (operation.access !== 'actor' || operation.method !== 'get') return [];
    const { schema, mediaType } = operation.answers[200] ?? {};
    return schema === undefined || mediaType !== undefined ? [] : [inPart(operation, schema)];
  });
}

function inPart(operation: ActorOperation, schema: z.ZodType): ActorOperation {
  const { path, id, summary, query = {}, item } = operation;
  const list = schema instanceof z.ZodArray ? z.array(part) : part;
  return {
    ...operation,
    path: path.replace(/^\/v1\//, PREFIX),
    id: `${id}InPart`,
    tag: 'sparse',
    summary: `${summary}: some members`,
    query: { ...query, fields: FIELDS },
    answers: {
      200: {
        description: 'The members that are asked for',
        schema: item === undefined ? list : pageOf(part),
      },
    },
    handle: async (question) => {
      const { fields } = question.query;
      const selection = typeof fields === 'string' ? selectionOf(fields, item, schema) : undefined;
      return partOf(await operation.handle(question), selection);
    },
  };
}

/** @throws ProblemError UNKNOWN_FIELD */
function selectionOf(fields: string, item: z.ZodType | undefined, schema: z.ZodType): Selection {
  if (item === undefined) return readFields(fields, schema);
  return { members: new Map([...PAGE_MEMBERS, ['items', readFields(fields, item)]]) };
}

function partOf(answer: Answer, selection: Selection | undefined): Answer {
  if (selection === undefined || answer.status !== 200 || !('body' in answer)) return answer;
  const picked = pick(answer.body, selection);
  return typeof picked === 'object' && picked !== null ? found(picked) : answer;
}
