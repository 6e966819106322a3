import { LedgerError, type SubmitterIdentity } from '../port.js';
import type { Channel } from './channel.js';
import type { Endorsed } from './client.js';
import { awaitCommit } from './commit-status.js';
import { ordererRefusal, readFailure, wasNotSent, wasSentBefore } from './failure.js';
import { findTransaction } from './find-transaction.js';
import type { Validated } from './peer.js';

/** How long it may take to hand a transaction to the orderers, milliseconds. */
const PATIENCE = 5_000;
/** How long to look for a transaction whose submit failed before it is sent again, milliseconds. */
const LOOK_UP = 1_000;
/** How long a transaction that was taken may stay out of the blocks before it is sent again, milliseconds. */
const TAKEN = 5_000;

/**
 * Sends an endorsed transaction for ordering and waits for the commit. A submit that fails may have reached
 * the orderers all the same: the transaction is looked up, then the very same one is sent again. So is one that no
 * block holds after a while: ordering nodes keep what they took in memory, and all may have died since.
 * Throws a {@link LedgerError}: `contract` when the orderers refuse it, else `unknown-outcome`.
 */
export async function order(
  channel: Channel,
  endorsed: Endorsed,
  submitter: SubmitterIdentity,
): Promise<Validated> {
  const { transactionId, peer } = endorsed;
  const { commit } = channel.deadlines;
  const until = Date.now() + commit;
  let taken = false;
  do {
    const sent = await send(channel, endorsed, submitter);
    if (sent !== 'sent' && sent !== 'unsure') return sent;
    taken ||= sent === 'sent';
    const within = Math.min(TAKEN, Math.max(until - Date.now(), 0));
    const wait = { within, prefer: peer };
    const committed = await awaitCommit(channel, transactionId, submitter, wait);
    if (committed !== undefined) return committed;
  } while (Date.now() < until);
  const found = await findTransaction(channel, transactionId).catch(() => undefined);
  if (found !== undefined) return found;
  const what = taken ? 'was accepted for ordering' : 'may have been sent for ordering';
  const message = `${transactionId} ${what}, and no block held it after ${commit} ms`;
  throw new LedgerError('unknown-outcome', message, { transactionId });
}

async function send(
  channel: Channel,
  endorsed: Endorsed,
  submitter: SubmitterIdentity,
): Promise<'sent' | 'unsure' | Validated> {
  const { transactionId, peer: prefer } = endorsed;
  const { submit } = channel.deadlines;
  const until = Date.now() + submit;
  for await (const way of endorsed.ways({ mspId: submitter.mspId, within: submit, prefer })) {
    try {
      await way.send(Math.min(until, Date.now() + PATIENCE));
      return 'sent';
    } catch (error) {
      if (readFailure(error) === undefined) throw error;
      if (wasSentBefore(error)) return 'sent';
      if (wasNotSent(error)) {
        way.failed();
        continue;
      }
      const found = await awaitCommit(channel, transactionId, submitter, { within: LOOK_UP });
      if (found !== undefined) return found;
      const refusal = ordererRefusal(error);
      if (refusal !== undefined) {
        throw new LedgerError('contract', refusal, { transactionId, cause: error });
      }
      way.failed();
    }
  }
  return 'unsure';
}
