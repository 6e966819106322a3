import { instant, parseClosed } from '@veinledger/domain';
import { z } from 'zod';
import { isFinished, type Job, jobFault, jobState, progress } from '../jobs/job.js';
import { type JobQueue, RETRY_AFTER_S } from '../jobs/job-queue.js';
import type { AnyJobKind } from '../jobs/job-kind.js';
import { exactOptional } from '../openapi/schemas/vocabulary.js';
import type { CursorSeal } from '../reads/cursor-seal.js';
import { wholeList } from '../reads/listing/whole-list.js';
import { found } from '../operation/answer.js';
import { listOperation } from './list-operation.js';
import { type ActorOperation, parameterOf } from '../operation/operation.js';

const PATH = '/v1/jobs';
const ID = { id: { schema: z.uuid() } };
const COMMON = { access: 'actor', tag: 'jobs' } as const;
const ASK_AGAIN = { 'retry-after': String(RETRY_AFTER_S) };

/**
 * Long work: handed in, asked after, cancelled. Each caller sees their own.
 * @param base the path below which callers see the gateway
 */
export function jobOperations(
  jobs: JobQueue,
  cursors: CursorSeal,
  base: string,
): readonly ActorOperation[] {
  const { kinds } = jobs;
  const shown = jobSchema(kinds);
  const request = requestSchema(kinds);
  return [
    {
      ...COMMON,
      method: 'post',
      path: PATH,
      id: 'startJob',
      summary: `Has long work done: ${kinds.map(({ name }) => name).join(', ')}`,
      parameters: {},
      body: request,
      answers: {
        202: {
          description: 'The job, at its Location',
          schema: shown,
          headers: { Location: 'always', 'Retry-After': 'always' },
        },
      },
      handle: async ({ caller, body }) => {
        const { kind, input = {} } = parseClosed(request, body, 'body');
        const taken = await jobs.start(caller, kind, input);
        const headers = { location: `${base}${PATH}/${taken.id}`, ...ASK_AGAIN };
        return { status: 202, headers, body: answerOf(taken, kinds) };
      },
    },
    listOperation(cursors, {
      path: PATH,
      id: 'listJobs',
      tag: 'jobs',
      summary: "The caller's own jobs, the oldest first",
      parameters: {},
      item: shown,
      filters: {
        kind: { description: 'Jobs of one kind', schema: kindName(kinds) },
        state: { description: 'Jobs in one state', schema: jobState },
      },
      list: ({ caller }) =>
        wholeList(
          () => Promise.resolve(jobs.list(caller).map((each) => answerOf(each, kinds))),
          ({ createdAt, id }) => `${createdAt} ${id}`,
        ),
      matches: (each, { kind, state }) =>
        (kind === undefined || each.kind === kind) && (state === undefined || each.state === state),
    }),
    {
      ...COMMON,
      method: 'get',
      path: `${PATH}/{id}`,
      id: 'readJob',
      summary: 'A job: how far it has come, and its result',
      parameters: ID,
      answers: {
        200: { description: 'The job', schema: shown, headers: { 'Retry-After': 'sometimes' } },
      },
      handle: (question) => {
        const asked = jobs.find(question.caller, parameterOf(question, 'id'));
        const answer = found(answerOf(asked, kinds));
        return Promise.resolve(isFinished(asked) ? answer : { ...answer, headers: ASK_AGAIN });
      },
    },
    {
      ...COMMON,
      method: 'delete',
      path: `${PATH}/{id}`,
      id: 'cancelJob',
      summary: 'Cancels a job that waits or runs; forgets one that is finished',
      parameters: ID,
      answers: { 204: { description: 'It runs no more, or is forgotten' } },
      handle: async (question) => {
        await jobs.cancel(question.caller, parameterOf(question, 'id'));
        return { status: 204, empty: true };
      },
    },
  ];
}

/** What is handed in: a kind with its own input, which may be left out where the kind needs nothing. */
function requestSchema(kinds: readonly AnyJobKind[]) {
  const [first, ...others] = kinds.map(({ name, input }) =>
    z.strictObject({
      kind: z.literal(name),
      input: input.safeParse({}).success ? exactOptional(input) : input,
    }),
  );
  if (first === undefined) throw new Error('expected kinds of jobs, found none');
  const names = kinds.map(({ name }) => name).join(', ');
  return z.discriminatedUnion('kind', [first, ...others], { error: `a kind of job: ${names}` });
}

function kindName(kinds: readonly AnyJobKind[]) {
  return z.enum(kinds.map(({ name }) => name));
}

function jobSchema(kinds: readonly AnyJobKind[]) {
  return z.strictObject({
    id: z.uuid(),
    kind: z.string(),
    state: jobState,
    createdAt: instant,
    startedAt: exactOptional(instant),
    finishedAt: exactOptional(instant),
    progress: exactOptional(progress.extend({ unit: z.string() })),
    result: z.union(kinds.map(({ result }) => result)).optional(),
    fault: exactOptional(jobFault),
  });
}

type JobAnswer = z.output<ReturnType<typeof jobSchema>>;

/** A job without what its caller knows already. */
function answerOf(shown: Job, kinds: readonly AnyJobKind[]): JobAnswer {
  const { id, kind, state, createdAt, progress: reached } = shown;
  const unit = kinds.find(({ name }) => name === kind)?.unit ?? 'steps';
  return {
    id,
    kind,
    state,
    createdAt,
    ...given('startedAt', shown.startedAt),
    ...given('finishedAt', shown.finishedAt),
    ...given('progress', reached && { ...reached, unit }),
    ...given('result', shown.result),
    ...given('fault', shown.fault),
  };
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Partial<Record<Name, Value>>);
}
