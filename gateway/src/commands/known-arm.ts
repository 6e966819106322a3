import { MATTERS, type ProcessVersion, type Therapy, VeinledgerError } from '@veinledger/domain';
import { contractCodeOf } from '../problems/contract-code.js';
import type { ReadCommand } from './read-command.js';

/** Reads the ledger for whoever hands the command in. */
type Read = (transaction: string, ...args: readonly string[]) => Promise<object>;

/**
 * Refuses an arm that the therapy's process does not have. Only here can that be seen: the ledger is told a commitment, so
 * that nothing which it says depends on the arm.
 * @throws VeinledgerError UNKNOWN_ARM
 * @throws LedgerError when the ledger cannot answer
 */
export async function requireKnownArm(
  { type, coi }: Pick<ReadCommand, 'type' | 'coi'>,
  annexes: ReadonlyMap<string, string>,
  read: Read,
): Promise<void> {
  const text = annexes.get('arm');
  if (MATTERS.get(type.type) !== 'arm' || coi === undefined || text === undefined) return;
  const { arm: found } = (JSON.parse(text) as { readonly content: { readonly arm: string } })
    .content;
  const arms = await armsOf(coi, read);
  if (arms.length === 0 || arms.includes(found)) return;
  const expected = arms.join(' or ');
  const place = { field: 'annexes.arm', expected, found };
  throw new VeinledgerError('UNKNOWN_ARM', "the therapy's process has no such arm", place);
}

/** The arms of the therapy's process; none where it is not blinded, or is not told: what becomes of the command is the ledger's to say. */
async function armsOf(coi: string, read: Read): Promise<readonly string[]> {
  try {
    const { process } = (await read('therapy:Read', coi)) as Therapy;
    const { definition } = (await read(
      'process:Read',
      process.id,
      process.version,
    )) as ProcessVersion;
    return definition.blinding?.arms ?? [];
  } catch (error) {
    if (contractCodeOf(error) === undefined) throw error;
    return [];
  }
}
