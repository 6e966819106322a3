import { commandIdOf } from '../commands/sign-command.js';
import { committedCommand, type Receipt } from '../wire/record.js';
import type { Failure } from './failure.js';
import { GatewayProblem } from './gateway-problem.js';
import { ofCommand, receiptOf } from './receipt-of.js';
import type { Work } from './retries.js';
import type { Transport } from './transport.js';

/** A signed command with the annexes that travel beside it. */
export interface OutgoingCommand {
  readonly jws: string;
  /** texts by the annex's name */
  readonly annexes?: Readonly<Record<string, string>>;
}

/**
 * Sends a command once; sent again, the ledger gives its first receipt.
 * @throws VeinledgerError for what is no signed command: it is not sent at all
 */
export async function sendOnce(
  transport: Transport,
  { jws, annexes = {} }: OutgoingCommand,
  path: string,
  signal?: AbortSignal,
): Promise<Receipt> {
  return receiptOf(transport, commandIdOf(jws), {
    method: 'POST',
    path,
    body: JSON.stringify({ jws, annexes }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The receipt of a committed command; undefined when the ledger holds no such command that the caller may see. */
export async function lookUp(
  transport: Transport,
  commandId: string,
  signal?: AbortSignal,
): Promise<Receipt | undefined> {
  try {
    const call = {
      method: 'GET',
      path: `/v1/commands/${commandId}`,
      ...(signal === undefined ? {} : { signal }),
    } as const;
    return ofCommand(commandId, (await transport.told(call, committedCommand)).receipt);
  } catch (error) {
    if (error instanceof GatewayProblem && UNSEEN.includes(error.status)) return undefined;
    throw error;
  }
}

/** Not entitled, not found: whoever may write something may not always read it. */
const UNSEEN: readonly number[] = [403, 404];

/** Sending a command until its outcome is known. After an unknown outcome it is looked up before it is sent again. */
export class Submission implements Work<Receipt> {
  readonly #transport: Transport;
  readonly #command: OutgoingCommand;
  readonly #path: string;
  #lookUpFirst = false;

  constructor(transport: Transport, command: OutgoingCommand, path: string) {
    this.#transport = transport;
    this.#command = command;
    this.#path = path;
  }

  action(): string {
    return this.#lookUpFirst ? 'look up' : `POST ${this.#path}`;
  }

  async run(signal: AbortSignal): Promise<Receipt> {
    if (this.#lookUpFirst) {
      const found = await lookUp(this.#transport, commandIdOf(this.#command.jws), signal);
      if (found && found.decision !== 'refused') return found;
      // a refusal is told by the gateway's own problem, which the same command gets again
      this.#lookUpFirst = false;
    }
    return sendOnce(this.#transport, this.#command, this.#path, signal);
  }

  again(failure: Failure): boolean {
    if (failure === 'unknown-outcome') this.#lookUpFirst = true;
    return failure !== 'final';
  }
}
