import { commandIdOf } from '../commands/sign-command.js';
import type { Receipt } from '../wire/record.js';
import { receiptOf } from './receipt-of.js';
import { Transport } from './transport.js';

const WITHDRAWALS = '/v1/withdrawals';
const ANSWER_WITHIN_MS = 60_000;

/**
 * Hands in a patient's signed refusal or withdrawal of consent without a token: by any key that ever was the patient's,
 * whatever became of it. Any member's gateway takes it.
 * @param url of the gateway, as `GatewayClient` takes it
 * @throws GatewayProblem, with code SIGNATURE_INVALID where the key never was the patient's; GatewayUnreachable
 */
export async function withdrawWithoutToken(url: string, jws: string): Promise<Receipt> {
  const commandId = commandIdOf(jws);
  const transport = new Transport({ url, answerWithinMs: ANSWER_WITHIN_MS });
  const body = JSON.stringify({ jws });
  return receiptOf(transport, commandId, { method: 'POST', path: WITHDRAWALS, body });
}
