import type { Proposal, Tally } from '@veinledger/domain';
import { suspectVotes, tallyOf } from '@veinledger/domain/execution';
import type { LedgerContext } from './ledger-context.js';

/** A proposal with how its votes stand: as they stood when it was decided, else as they stand now. */
export type CountedProposal = Proposal & { readonly tally: Tally };

/** Counts the votes of proposals that are open by who is an active member now. */
export async function counted(
  { reader }: LedgerContext,
  proposals: readonly Proposal[],
): Promise<readonly CountedProposal[]> {
  const governance = await reader.get('governance', {});
  const all: CountedProposal[] = [];
  for (const proposal of proposals) {
    const tally =
      proposal.tally ??
      (governance && tallyOf(proposal, governance, await suspectVotes(reader, proposal)));
    if (tally) all.push({ ...proposal, tally });
  }
  return all;
}
