import { coi, therapyWaitingSchema } from '@veinledger/domain';
import { found } from '../operation/answer.js';
import { type ActorOperation, parameterOf } from '../operation/operation.js';
import type { CursorSeal } from '../reads/cursor-seal.js';
import type { WaitingReader } from '../reads/waiting-reader.js';
import { listOperation } from './list-operation.js';

/** What waits for the caller's signature: in one therapy, and in all of theirs, page by page. */
export function waitingOperations(
  waiting: WaitingReader,
  cursors: CursorSeal,
): readonly ActorOperation[] {
  return [
    {
      access: 'actor',
      method: 'get',
      path: '/v1/therapies/{coi}/waiting',
      id: 'readWaiting',
      tag: 'therapy',
      summary: "What waits for the caller's signature in a therapy, as it would be signed",
      parameters: { coi: { schema: coi } },
      caching: 'never',
      answers: { 200: { description: 'What may be signed', schema: therapyWaitingSchema } },
      handle: async (question) =>
        found(await waiting.therapy(question.caller, parameterOf(question, 'coi'))),
    },
    listOperation(cursors, {
      path: '/v1/waiting',
      id: 'listWaiting',
      tag: 'therapy',
      summary:
        "What waits for the caller's signature: each of their therapies, with what may be signed",
      parameters: {},
      item: therapyWaitingSchema,
      filters: {},
      list: ({ caller }) => waiting.list(caller),
    }),
  ];
}
