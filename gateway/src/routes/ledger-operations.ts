import { digest } from '@veinledger/domain';
import { z } from 'zod';
import type { Ledger } from '@veinledger/ledger';
import { chainVerification, toldOf } from '../openapi/schemas/ledger.js';
import { committedCommand } from '../openapi/schemas/record.js';
import type { CommittedCommands } from '../reads/committed-commands.js';
import { found } from '../operation/answer.js';
import { type ActorOperation, parameterOf } from '../operation/operation.js';

const ledgerAnswer = z.strictObject({ name: z.string(), network: digest, height: z.int().min(0) });

/** The ledger itself: its height, the walk over its blocks, and the commands in them. */
export function ledgerOperations(
  ledger: Ledger,
  network: string,
  commands: CommittedCommands,
): readonly ActorOperation[] {
  const verify = oneAtATime(() => ledger.verify());
  return [
    {
      access: 'actor',
      method: 'get',
      path: '/v1/ledger',
      id: 'readLedger',
      tag: 'ledger',
      summary: 'Which ledger answers, its network id and its number of blocks',
      parameters: {},
      answers: { 200: { description: 'The ledger', schema: ledgerAnswer } },
      handle: async () => found({ name: ledger.name, network, height: await ledger.height() }),
    },
    {
      access: 'actor',
      method: 'get',
      path: '/v1/ledger/verification',
      id: 'verifyLedger',
      tag: 'ledger',
      summary: 'Walks the chain of blocks and names the first broken one',
      parameters: {},
      answers: { 200: { description: 'Whether the chain is intact', schema: chainVerification } },
      handle: async () => found(toldOf(await verify())),
    },
    {
      access: 'actor',
      method: 'get',
      path: '/v1/commands/{id}',
      id: 'readCommand',
      tag: 'commands',
      summary: 'A committed command: its receipt and the signed text in its block',
      parameters: { id: { schema: digest } },
      answers: { 200: { description: 'The command', schema: committedCommand } },
      handle: async (question) =>
        found(await commands.find(question.caller, parameterOf(question, 'id'))),
    },
  ];
}

/** Callers who ask while the work is under way share its result. */
function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let underway: Promise<T> | undefined;
  return () => {
    underway ??= work().finally(() => {
      underway = undefined;
    });
    return underway;
  };
}
