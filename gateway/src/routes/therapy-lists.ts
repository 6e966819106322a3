import {
  actorId,
  type AlertDue,
  alertDueSchema,
  coi,
  COMMAND_DECISIONS,
  type CommandRecord,
  instant,
} from '@veinledger/domain';
import { z } from 'zod';
import { commandTypes } from '../commands/command-types.js';
import { markedRecord } from '../openapi/schemas/record.js';
import { thing, thingNoun } from '../openapi/schemas/trace.js';
import { ProblemError } from '../problems/problem.js';
import type { CallerReader } from '../reads/caller-reader.js';
import type { CursorSeal } from '../reads/cursor-seal.js';
import { wholeList } from '../reads/listing/whole-list.js';
import { type TherapyIndex, therapySummary } from '../reads/therapy-index.js';
import type { TherapyLists } from '../reads/therapy-lists.js';
import { type Filtering, listOperation } from './list-operation.js';
import { type ActorOperation, parameterOf } from '../operation/operation.js';

const chain = { coi: { schema: coi } };

const RECORD_FILTERS = {
  type: {
    description: 'Commands of one type, such as custody:ReleaseItem',
    schema: z.enum(commandTypes().map(({ type }) => type)),
  },
  actor: { description: 'What one actor signed', schema: actorId },
  decision: {
    description: 'Permissions that were permitted or refused, or facts',
    schema: z.enum(COMMAND_DECISIONS),
  },
  from: { description: 'Transactions at this time or later', schema: instant },
  to: { description: 'Transactions before this time', schema: instant },
};

const THERAPY_FILTERS = {
  patient: { description: "One patient's therapies, by pseudonym", schema: actorId },
};

const THING_FILTERS = {
  noun: { description: 'Things of one noun', schema: thingNoun },
};

/** Therapies, and what the ledger holds of one, page by page. */
export function therapyLists(
  lists: TherapyLists,
  index: TherapyIndex,
  reader: Pick<CallerReader, 'requireMember' | 'read'>,
  cursors: CursorSeal,
): readonly ActorOperation[] {
  return [
    listOperation(cursors, {
      path: '/v1/therapies',
      id: 'listTherapies',
      tag: 'therapy',
      summary: "A patient's own therapies, those of a caller's organisation, or all for auditors",
      parameters: {},
      item: therapySummary,
      filters: THERAPY_FILTERS,
      list: async ({ caller }) => {
        await reader.requireMember(caller);
        return index.list(caller);
      },
      matches: ({ patient }, asked) => asked.patient === undefined || asked.patient === patient,
    }),
    listOperation(cursors, {
      path: '/v1/therapies/{coi}/records',
      id: 'listRecords',
      tag: 'therapy',
      summary: "A therapy's command records by transaction time",
      parameters: chain,
      item: markedRecord,
      filters: RECORD_FILTERS,
      list: (question, { from, to }) => {
        requirePeriod(from, to);
        return lists.records(question.caller, parameterOf(question, 'coi'));
      },
      matches: matchesRecord,
    }),
    listOperation(cursors, {
      path: '/v1/therapies/{coi}/things',
      id: 'listThings',
      tag: 'therapy',
      summary: 'What there is in a therapy: items, hand-offs, steps, batches, deviations, doses',
      parameters: chain,
      item: thing,
      filters: THING_FILTERS,
      list: ({ caller, parameters }) => lists.things(caller, parameterOf({ parameters }, 'coi')),
      matches: (each, { noun }) => noun === undefined || each['noun'] === noun,
    }),
    listOperation(cursors, {
      path: '/v1/therapies/{coi}/alerts-due',
      id: 'listAlertsDue',
      tag: 'quality',
      summary: 'Whom recalls and late results of a therapy still wait for, stated or not',
      parameters: chain,
      item: alertDueSchema,
      filters: {},
      list: ({ caller, parameters }) =>
        wholeList(
          async () =>
            (await reader.read(
              caller,
              'quality:ListAlertsDue',
              parameterOf({ parameters }, 'coi'),
            )) as readonly AlertDue[],
          placeOfDue,
        ),
    }),
  ];
}

/** What has waited longest comes first. */
function placeOfDue(due: AlertDue): string {
  const { since, cause } = due;
  const about = due.kind === 'acknowledgement' ? due.dose : due.batch;
  return JSON.stringify([since, due.kind, about, cause.command]);
}

/** Times of the ledger are UTC with milliseconds throughout, so that their texts compare as they do. */
function matchesRecord(
  { type, actor, decision, transactionTime }: CommandRecord,
  asked: Filtering<typeof RECORD_FILTERS>,
): boolean {
  return (
    (asked.type === undefined || asked.type === type) &&
    (asked.actor === undefined || asked.actor === actor) &&
    (asked.decision === undefined || asked.decision === decision) &&
    (asked.from === undefined || transactionTime >= asked.from) &&
    (asked.to === undefined || transactionTime < asked.to)
  );
}

function requirePeriod(from: string | undefined, to: string | undefined): void {
  if (from === undefined || to === undefined || from < to) return;
  throw new ProblemError({
    status: 400,
    code: 'PERIOD_EMPTY',
    detail: 'the period ends before it begins',
    field: 'query.to',
    expected: `a time after ${from}`,
    found: to,
  });
}
