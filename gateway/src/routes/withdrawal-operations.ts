import { parseClosed } from '@veinledger/domain';
import { z } from 'zod';
import type { CommandService } from '../commands/command-service.js';
import { WITHDRAWALS_PATH } from '../commands/withdrawals-path.js';
import type { PublicOperation } from '../operation/operation.js';
import { COMMAND_ANSWERS, receiptAnswer } from './command-operations.js';

const withdrawal = z.strictObject({ jws: z.string() });

/**
 * The door for patients without a token, such as revoked ones, or one whose key was renewed and who finds the old one:
 * nobody silences them (E4).
 */
export function withdrawalOperations(
  commands: Pick<CommandService, 'submitWithdrawal'>,
): readonly PublicOperation[] {
  return [
    {
      access: 'public',
      method: 'post',
      path: WITHDRAWALS_PATH,
      id: 'withdrawWithoutToken',
      tag: 'consent',
      // what is repeated is answered by its first receipt
      idempotency: 'none',
      summary:
        "Hands in a patient's signed refusal or withdrawal of consent, by any key that ever was theirs",
      parameters: {},
      body: withdrawal,
      answers: COMMAND_ANSWERS,
      handle: async ({ body }) => {
        const { jws } = parseClosed(withdrawal, body, 'body');
        return receiptAnswer(await commands.submitWithdrawal({ jws }));
      },
    },
  ];
}
