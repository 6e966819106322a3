import {
  coi,
  therapyProgressSchema,
  turnaroundReleaseSchema,
  turnaroundSchema,
} from '@veinledger/domain';
import { found } from '../operation/answer.js';
import { type ActorOperation, parameterOf } from '../operation/operation.js';
import type { TurnaroundReader } from '../turnaround/turnaround-reader.js';

/** How therapies stand against the target days of their processes. */
export function turnaroundOperations(turnaround: TurnaroundReader): readonly ActorOperation[] {
  const common = { access: 'actor', method: 'get', tag: 'therapy', caching: 'never' } as const;
  return [
    {
      ...common,
      path: '/v1/therapies/{coi}/turnaround',
      id: 'readTherapyTurnaround',
      summary: 'Each step of a therapy against its target day, and for whom it waits',
      parameters: { coi: { schema: coi } },
      answers: { 200: { description: 'The steps', schema: therapyProgressSchema } },
      handle: async (question) =>
        found(await turnaround.therapy(question.caller, parameterOf(question, 'coi'))),
    },
    {
      ...common,
      path: '/v1/turnaround',
      id: 'readTurnaround',
      summary:
        "By step and organisation, over the caller's therapies: on time, late, waiting, and how long it took",
      parameters: {},
      answers: { 200: { description: 'The turnaround', schema: turnaroundSchema } },
      handle: async ({ caller }) => found(await turnaround.turnaround(caller)),
    },
    {
      ...common,
      path: '/v1/turnaround/release',
      id: 'readTurnaroundRelease',
      summary: 'What analysts may be given of the turnaround: no cell of fewer than five patients',
      parameters: {},
      answers: { 200: { description: 'The cells', schema: turnaroundReleaseSchema } },
      handle: async ({ caller }) => found(await turnaround.release(caller)),
    },
  ];
}
