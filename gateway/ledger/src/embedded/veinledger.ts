import { contractsWith, systemClock } from '@veinledger/chaincode/contracts';
import type { ConsortiumRoot, Verifier } from '@veinledger/domain';
import type { OwnLedger } from '../port.js';
import { openEmbeddedLedger } from './ledger.js';
import type { EmbeddedLedgerOptions } from './options.js';

export interface VeinledgerOptions extends Pick<
  EmbeddedLedgerOptions,
  'directory' | 'channel' | 'organisation' | 'certificateAuthorities'
> {
  readonly root: ConsortiumRoot;
  /** by which the contracts verify signatures */
  readonly verifier: Verifier;
}

/**
 * Opens an embedded ledger with veinledger's contracts and this machine's clock.
 * @throws LedgerError as {@link openEmbeddedLedger}
 */
export function openVeinledger({
  root,
  verifier,
  ...options
}: VeinledgerOptions): Promise<OwnLedger> {
  const contracts = contractsWith({ root, verifier, clock: systemClock });
  return openEmbeddedLedger({ ...options, contracts });
}
