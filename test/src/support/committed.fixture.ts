import { type CommandRecord, COMMANDS } from '@veinledger/domain';
import { VALIDATION } from '@veinledger/chaincode/replay';
import type { Ledger } from '@veinledger/ledger';

const TYPES: ReadonlySet<string> = new Set(COMMANDS.map(({ type }) => type));

/** The records of all commands that a ledger's blocks committed, in order. */
export async function commandRecordsOf(
  ledger: Pick<Ledger, 'blocks'>,
): Promise<readonly CommandRecord[]> {
  const records: CommandRecord[] = [];
  for await (const { transactions } of ledger.blocks()) {
    for (const { validationCode, function: type, response } of transactions) {
      if (validationCode !== VALIDATION.VALID || !TYPES.has(type)) continue;
      records.push(JSON.parse(response) as CommandRecord);
    }
  }
  return records;
}
