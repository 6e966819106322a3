import { contractsWith, systemClock } from '@veinledger/chaincode/contracts';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import type { Verifier } from '@veinledger/domain';
import type { Ledger } from '@veinledger/ledger';
import { openEmbeddedLedger } from '@veinledger/ledger/embedded';
import { type Home, readAuthorities, readRoot } from './home.js';

/** Opens the embedded ledger of a home with veinledger's contracts. */
export async function openEmbedded(
  home: Home,
  verifier: Verifier = nativeVerifier,
): Promise<Ledger> {
  const root = await readRoot(home);
  const [founder] = root.organisations;
  if (!founder) throw new Error('the consortium root names no organisation');
  return openEmbeddedLedger({
    directory: home.ledger,
    channel: 'programme',
    organisation: founder.id,
    contracts: contractsWith({ root, verifier, clock: systemClock }),
    certificateAuthorities: await readAuthorities(home),
  });
}
