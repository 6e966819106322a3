import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { type AuditReport, auditMembers } from '@veinledger/ledger/fabric-audit';
import { openVaultForReading } from '../verify/open.js';
import { type AuditSources, openSources } from './sources.js';

/** Say how far the blocks are after so many of them. */
const BLOCKS_PER_LINE = 250;

/**
 * Audits a channel at two or more of its members' peers.
 * @param note told how far it is
 * @throws LedgerError `unavailable` when a peer does not answer
 * @throws Error for files that are missing or cannot be read
 */
export async function runAudit(
  sources: AuditSources,
  vaultDirectory: string | undefined,
  note: (line: string) => void,
): Promise<AuditReport> {
  const { members, ...open } = await openSources(sources);
  try {
    const vault =
      vaultDirectory === undefined ? undefined : await openVaultForReading(vaultDirectory);
    return await auditMembers({
      ...open,
      members,
      verifier: nativeVerifier,
      ...(vault === undefined ? {} : { vault }),
      onProgress: ({ doing, done, total }) => {
        if (doing === 'states') note(`states: ${done} of ${total} members read`);
        else if (done % BLOCKS_PER_LINE === 0 || done === total)
          note(`blocks: ${done} of ${total}`);
      },
    });
  } finally {
    for (const member of members) member.close();
  }
}
