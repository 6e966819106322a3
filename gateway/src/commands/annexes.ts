import { openAnnexes, requireCommitments, VeinledgerError } from '@veinledger/domain';
import type { AnnexVault } from '../vault/annex-vault.js';
import type { ReadCommand } from './read-command.js';

/**
 * The annexes that travel with a command: those delivered, and for a repeated command those the vault kept for
 * this very command: a digest alone opens nothing. None when
 * one is nowhere: the ledger then answers with the receipt of a command that it knows, or that the annex is missing.
 * @throws VeinledgerError ANNEX_MISSING for one that only this gateway keeps, ANNEX_UNEXPECTED, ANNEX_DIGEST_MISMATCH, ANNEX_SCHEMA_VIOLATION
 */
export async function gatherAnnexes(
  command: ReadCommand,
  delivered: Readonly<Record<string, string>>,
  vault: Pick<AnnexVault, 'find'>,
): Promise<ReadonlyMap<string, string>> {
  const { type, envelope } = command;
  const committed = envelope.annex ?? {};
  requireCommitments(type.annexes, committed);
  const texts = new Map(Object.entries(delivered));
  for (const [name, digest] of Object.entries(committed)) {
    const text = texts.get(name) ?? (await keptFor(command, digest, vault));
    if (text === undefined && type.annexes.find((each) => each.name === name)?.kept) {
      throw missing(name);
    }
    if (text === undefined) return new Map();
    texts.set(name, text);
  }
  openAnnexes(type.annexes, committed, texts);
  return texts;
}

/** No ledger asks for what this gateway keeps, so that nobody else would notice. */
function missing(name: string): VeinledgerError {
  return new VeinledgerError('ANNEX_MISSING', 'an annex was not delivered', {
    field: `annexes.${name}`,
    expected: 'what was signed',
    found: 'nothing',
  });
}

async function keptFor(
  command: ReadCommand,
  digest: string,
  vault: Pick<AnnexVault, 'find'>,
): Promise<string | undefined> {
  const annex = await vault.find(digest);
  return annex?.origins.some(({ commandId }) => commandId === command.id) ? annex.text : undefined;
}
