import { setTimeout as delay } from 'node:timers/promises';
import { peer } from '@hyperledger/fabric-protos';
import { VALIDATION } from '@veinledger/chaincode/replay';
import { LedgerError, type Commit, type Invocation, type SubmitOptions } from '../port.js';
import type { Channel } from './channel.js';
import type { Endorsed } from './client.js';
import { endorse } from './endorse.js';
import { order } from './order.js';

/** Before the second attempt, milliseconds at most; doubles with each further one up to the last. */
const FIRST_DELAY = 20;
const LAST_DELAY = 500;

/** Endorses, orders and waits for the commit; conflicts are tried again as new transactions. */
export async function submitInvocation(
  channel: Channel,
  invocation: Invocation,
  { onPrepared }: SubmitOptions,
): Promise<Commit> {
  for (let attempt = 1; ; attempt += 1) {
    const endorsed = await endorse(channel, invocation);
    const { transactionId, result } = endorsed;
    checkSize(endorsed, channel.maxTransactionBytes);
    await onPrepared?.(transactionId);
    const { block, validationCode } = await order(channel, endorsed, invocation.submitter);
    if (validationCode === VALIDATION.VALID) return { transactionId, block, result };
    if (!isConflict(validationCode)) {
      const message = `block ${block} holds ${transactionId} as invalid: ${describe(validationCode)}`;
      throw new LedgerError('contract', message, { transactionId });
    }
    if (attempt === channel.maxAttempts) {
      const message = `${invocation.function} conflicted ${attempt} times, last with code ${validationCode}`;
      throw new LedgerError('conflict', message, { transactionId });
    }
    // those that conflicted with each other must not meet again
    await delay(Math.random() * Math.min(FIRST_DELAY * 2 ** (attempt - 1), LAST_DELAY));
  }
}

function isConflict(validationCode: number): boolean {
  return (
    validationCode === VALIDATION.MVCC_READ_CONFLICT ||
    validationCode === VALIDATION.PHANTOM_READ_CONFLICT
  );
}

function describe(validationCode: number): string {
  const known = Object.entries(peer.TxValidationCode).find(([, code]) => code === validationCode);
  return `${known?.[0] ?? 'unknown code'} (${validationCode})`;
}

function checkSize({ transactionId, size }: Endorsed, maximum: number): void {
  if (size <= maximum) return;
  const message = `TRANSACTION_TOO_LARGE: expected at most ${maximum} bytes, found ${size}`;
  throw new LedgerError('contract', message, { transactionId });
}
