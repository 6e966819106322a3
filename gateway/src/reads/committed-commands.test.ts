import { describe, expect, test } from '@jest/globals';
import type { CommandRecord } from '@veinledger/domain';
import type { LedgerTransaction } from '@veinledger/chaincode/replay';
import { nativeSigner, sealAnnex, signCommand } from '@veinledger/client/node';
import type { Caller } from '../auth/caller.js';
import { runTransaction } from './blocks.fixture.js';
import { clinician, root } from '../gateway.fixture.js';
import type { CallerReader } from './caller-reader.js';
import { CommittedCommands } from './committed-commands.js';

const caller: Caller = { ...clinician, roles: ['clinician'], keys: clinician.keys.public };
const author = { network: root.network, actor: clinician.id, signer: nativeSigner(clinician.keys) };
const signRun = (run: string) =>
  signCommand(author, { type: 'manufacturing:RegisterRun', body: { run } });

describe('a committed command', () => {
  /** What is told of a command whose transaction the ledger gives as a test says. */
  async function told(
    given: (own: LedgerTransaction, other: string) => Partial<LedgerTransaction>,
  ) {
    const [own, other] = [await signRun('run-1'), await signRun('run-2')];
    const transaction = { ...runTransaction(7, 0), args: [own.jws] };
    const record = {
      ...(JSON.parse(transaction.response) as CommandRecord),
      commandId: own.id,
    };
    const reader = { read: () => Promise.resolve(record) } as unknown as CallerReader;
    const found = { ...transaction, ...given(transaction, other.jws) };
    const commands = new CommittedCommands(reader, { transaction: () => Promise.resolve(found) });
    return { own, other, commands, found: commands.find(caller, own.id) };
  }

  test('is told with the signed text of its own transaction', async () => {
    const { own, found } = await told(() => ({}));
    expect(await found).toMatchObject({ jws: own.jws, receipt: { commandId: own.id, block: 7 } });
  });

  test('is never told with the signed text of another', async () => {
    const swapped = await told((_, other) => ({ args: [other] }));
    await expect(swapped.found).rejects.toMatchObject({ kind: 'damaged' });
    const unreadable = await told(() => ({ args: ['{}'] }));
    await expect(unreadable.found).rejects.toMatchObject({ kind: 'damaged' });
    const elsewhere = await told(() => ({ transactionId: 'f'.repeat(64) }));
    await expect(elsewhere.found).rejects.toMatchObject({ kind: 'damaged' });
  });

  test('is never told with the record of another', async () => {
    const { commands } = await told(() => ({}));
    const asked = commands.find(caller, sealAnnex('another').digest);
    await expect(asked).rejects.toMatchObject({ kind: 'damaged' });
  });
});
