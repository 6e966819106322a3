import type { Logger } from 'pino';
import type { HolderOf } from '../../auth/lasting-grant.js';
import type { GatewayConfig } from '../../config/config.js';
import type { CallerReader } from '../../reads/caller-reader.js';
import type { TherapyIndex } from '../../reads/therapy-index.js';
import type { GatewayState } from '../../state/gateway-state.js';
import { Sealer } from '../../vault/sealer.js';
import type { EventService } from '../event-service.js';
import { HookService } from './hook-service.js';
import { HookStore } from './hook-store.js';

export interface HookServiceNeeds {
  readonly config: Pick<GatewayConfig, 'environment' | 'operator' | 'vault' | 'webhooks'>;
  readonly state: GatewayState;
  readonly events: EventService;
  readonly reader: CallerReader;
  readonly index: TherapyIndex;
  readonly holderOf: HolderOf;
  readonly logger: Pick<Logger, 'warn'>;
}

/** Opens a gateway's webhooks, and goes on with their deliveries. */
export async function openHookService(needs: HookServiceNeeds): Promise<HookService> {
  const { config, state, events, reader, index, holderOf, logger } = needs;
  const { environment, webhooks, vault, operator } = config;
  const development = environment === 'development';
  return HookService.open({
    store: new HookStore(state),
    feed: events.feed,
    entitlement: events.entitlement,
    holderOf,
    sealer: await Sealer.open(vault),
    rule: { allowHttp: development, allowPrivate: webhooks.privateTargets },
    settings: webhooks,
    logger,
    reader,
    index,
    operator,
  });
}
