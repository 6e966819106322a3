import type { GatewayClient } from '@veinledger/client';
import { pathOf, type TherapySummary } from './therapies.js';

/** A link to a therapy's record as a page. */
export interface RecordLink {
  readonly url: string;
  /** RFC 3339 */
  readonly expiresAt: string;
}

/**
 * A link by which a browser shows the record of a therapy as a page to read and to print.
 * @throws GatewayProblem, GatewayUnreachable
 */
export async function linkRecord(
  client: GatewayClient,
  therapy: Pick<TherapySummary, 'coi'>,
): Promise<RecordLink> {
  const { url, expiresAt } = await client.post<RecordLink>(pathOf(therapy, '/trace/links'));
  return { url: new URL(url, location.href).href, expiresAt };
}
