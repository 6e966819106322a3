import type { Logger } from 'pino';
import type { HolderOf } from '../../auth/lasting-grant.js';
import type { GatewayConfig } from '../../config/config.js';
import type { CallerReader } from '../../reads/caller-reader.js';
import type { GatewayState } from '../../state/gateway-state.js';
import { Sealer } from '../../vault/sealer.js';
import type { EventDesk } from '../event-desk.js';
import { HookDesk } from './hook-desk.js';
import { HookStore } from './hook-store.js';

export interface HookDeskNeeds {
  readonly config: Pick<GatewayConfig, 'environment' | 'operator' | 'vault' | 'webhooks'>;
  readonly state: GatewayState;
  readonly events: EventDesk;
  readonly reader: CallerReader;
  readonly holderOf: HolderOf;
  readonly logger: Pick<Logger, 'warn'>;
}

/** Opens a gateway's webhooks, and goes on with their deliveries. */
export async function openHookDesk(needs: HookDeskNeeds): Promise<HookDesk> {
  const { config, state, events, reader, holderOf, logger } = needs;
  const { environment, webhooks, vault, operator } = config;
  const development = environment === 'development';
  return HookDesk.open({
    store: new HookStore(state),
    feed: events.feed,
    entitlement: events.entitlement,
    holderOf,
    sealer: await Sealer.open(vault),
    rule: { allowHttp: development, allowPrivate: webhooks.privateTargets },
    settings: webhooks,
    logger,
    reader,
    operator,
  });
}
