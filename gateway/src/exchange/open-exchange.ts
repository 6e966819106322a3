import type { Logger } from 'pino';
import type { GatewayConfig } from '../config/config.js';
import type { SubmitterWallet } from '../identities/wallet.js';
import type { Ledger } from '@veinledger/ledger';
import type { TherapyIndex } from '../reads/therapy-index.js';
import type { GatewayState } from '../state/gateway-state.js';
import type { GatewayMetrics } from '../telemetry/metrics.js';
import type { AnnexVault } from '../vault/annex-vault.js';
import { AnnexIndex } from './annex-index.js';
import { AnnexExchange } from './exchange.js';
import { Gathering } from './gathering.js';
import { EntitledMembers } from './entitled-members.js';
import { AnnexProvider } from './annex-provider.js';
import { type ExchangeListener, listenForMembers } from './listener.js';
import { MemberLinks } from './member-links.js';
import { ExchangeMembers } from './members.js';
import { watchRevocations } from './watch-revocations.js';

export interface OpenExchangeParts {
  readonly config: Pick<GatewayConfig, 'exchange' | 'operator'>;
  readonly ledger: Pick<Ledger, 'evaluate' | 'blocks'>;
  readonly wallet: Pick<SubmitterWallet, 'ofAnyMember' | 'requireAnyMember'>;
  readonly vault: AnnexVault;
  readonly state: GatewayState;
  readonly therapies: Pick<TherapyIndex, 'parties'>;
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
}

/** A gateway's part in the exchange of annexes, open. */
export interface OpenExchange {
  readonly asking: AnnexExchange;
  /**
   * Listens for the other members' gateways.
   * @throws Error when the address is taken
   */
  readonly listen: () => Promise<ExchangeListener>;
  close(): Promise<void>;
}

/**
 * Opens what the settings say of the exchange; undefined where they say nothing.
 * @throws Error naming a certificate or revocation list that cannot be used, or a wallet without an identity of the operator
 */
export async function openExchange(parts: OpenExchangeParts): Promise<OpenExchange | undefined> {
  const { config, ledger, wallet, vault, state, therapies, metrics, logger } = parts;
  const { exchange: section, operator } = config;
  if (section === undefined || operator === undefined) return undefined;
  wallet.requireAnyMember([operator]);
  const reader = () => wallet.ofAnyMember([operator]);
  const members = await ExchangeMembers.read(section, logger);
  const links = new MemberLinks(section, members, operator);
  await links.current();
  const unwatch = watchRevocations(members, metrics);
  const index = new AnnexIndex(ledger, state);
  const parties = new EntitledMembers(ledger, reader, {
    origins: (digest) => index.origins(digest),
    parties: (coi) => therapies.parties(coi),
  });
  const asking = new AnnexExchange({
    operator,
    vault,
    index,
    parties,
    therapies,
    links: () => links.current(),
    metrics,
    logger,
  });
  const giving = new AnnexProvider({ vault, parties, metrics, logger });
  const gathering = new Gathering(vault, asking, section.gatherMinutes, logger);
  return {
    asking,
    listen: () => listenForMembers({ section, operator, members, giving, metrics, logger }),
    close: async () => {
      await gathering.stop();
      links.close();
      unwatch();
    },
  };
}
