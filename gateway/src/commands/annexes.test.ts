import { describe, expect, it } from '@jest/globals';
import type { Envelope } from '@veinledger/domain';
import { sealAnnex } from '@veinledger/client';
import type { VaultedAnnex } from '../vault/annex-vault.js';
import { gatherAnnexes } from './annexes.js';
import { commandType } from './command-types.js';
import type { ReadCommand } from './read-command.js';

const results = sealAnnex({ results: [{ check: 'tumour-content', value: 40 }] });

function reportOf(id: string): ReadCommand {
  const type = commandType('manufacturing:ReportStep');
  if (!type) throw new Error('no such command');
  const envelope: Envelope = {
    v: 1,
    network: '',
    type: type.type,
    actor: 'a',
    at: '',
    nonce: '',
    body: {},
    annex: { results: results.digest },
  };
  return { id, type, envelope };
}

const vault = {
  find: (digest: string): Promise<VaultedAnnex | undefined> =>
    Promise.resolve(
      digest === results.digest
        ? { text: results.text, origins: [{ commandId: 'first', organisation: 'LabMSP' }] }
        : undefined,
    ),
};

describe('the annexes of a command', () => {
  it('are those delivered with it', async () => {
    const delivered = { results: results.text };
    const gathered = await gatherAnnexes(reportOf('another'), delivered, vault);
    expect([...gathered.keys()]).toEqual(['results']);
  });

  it('are taken from the vault when the same command comes again without them', async () => {
    const gathered = await gatherAnnexes(reportOf('first'), {}, vault);
    expect(gathered.get('results')).toBe(results.text);
  });

  it('are not taken from the vault by another command that only names their digest', async () => {
    expect(await gatherAnnexes(reportOf('another'), {}, vault)).toEqual(new Map());
  });
});
