import { receipt, type Receipt } from '../wire/record.js';
import { GatewayUnreachable } from './gateway-problem.js';
import type { Call, Transport } from './transport.js';

/**
 * The receipt by which a gateway answers a command.
 * @throws what {@link Transport.told} throws; GatewayUnreachable where it is another command's: whoever sent the command
 *   does not know then whether the ledger has it
 */
export async function receiptOf(
  transport: Transport,
  commandId: string,
  call: Call,
): Promise<Receipt> {
  return ofCommand(commandId, await transport.told(call, receipt));
}

/**
 * The receipt, where it is that command's.
 * @throws GatewayUnreachable
 */
export function ofCommand<T extends Pick<Receipt, 'commandId'>>(commandId: string, found: T): T {
  if (found.commandId === commandId) return found;
  throw new GatewayUnreachable(`expected a receipt of ${commandId}, found ${found.commandId}`);
}
