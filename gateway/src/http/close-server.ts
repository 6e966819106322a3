import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Lifecycle } from '../health/lifecycle.js';

/** How often idle connections are looked for while the last requests finish, milliseconds. */
const IDLE_CHECK_MS = 50;

/**
 * Takes no new connections, finishes the requests that were accepted, and cuts off what is not done in time.
 * @returns how many requests were cut off
 */
export async function closeServer(
  server: Server,
  lifecycle: Pick<Lifecycle, 'close' | 'underWay'>,
  withinMs: number,
): Promise<number> {
  lifecycle.close();
  const closed = once(server, 'close').then(() => true);
  server.close();
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const timer = new AbortController();
  const late = delay(withinMs, false, { signal: timer.signal }).catch(() => true);
  try {
    if (await Promise.race([closed, late])) return 0;
    const cutOff = lifecycle.underWay;
    server.closeAllConnections();
    await closed;
    return cutOff;
  } finally {
    clearInterval(idle);
    timer.abort();
  }
}
