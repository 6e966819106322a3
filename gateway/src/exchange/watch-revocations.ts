import type { GatewayMetrics } from '../telemetry/metrics.js';
import type { ExchangeMembers } from './members.js';

/** How often the files are looked at, milliseconds. */
const LOOK_MS = 2000;
const NEXT_UPDATE = 'veinledger_exchange_crl_next_update_seconds';

/**
 * Looks at the members' revocation lists every so often, asked or not, and adds to the metrics when each is overdue; the
 * function that it gives ends both.
 */
export function watchRevocations(
  members: ExchangeMembers,
  metrics: Pick<GatewayMetrics, 'watchMembers' | 'unwatch'>,
): () => void {
  const lists = members.all.flatMap(({ mspId, revocations }) =>
    revocations === undefined ? [] : [[mspId, revocations] as const],
  );
  if (lists.length === 0) return () => undefined;
  const timer = setInterval(() => {
    for (const [, list] of lists) void list.look();
  }, LOOK_MS).unref();
  metrics.watchMembers(
    NEXT_UPDATE,
    "When the revocation list of a member's TLS authority is overdue, seconds since 1970",
    () => new Map(lists.map(([mspId, { nextUpdate }]) => [mspId, nextUpdate.getTime() / 1000])),
  );
  return () => {
    clearInterval(timer);
    metrics.unwatch(NEXT_UPDATE);
  };
}
