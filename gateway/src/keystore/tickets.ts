import { randomBytes } from 'node:crypto';
import { actorId, organisationId, sha256Base64url } from '@veinledger/domain';
import { z } from 'zod';
import type { Collection } from '../state/collection.js';
import type { GatewayState } from '../state/gateway-state.js';
import { ticketExpired, ticketInvalid } from './refusals.js';

/** How long a person may take to make their keys, milliseconds. */
const LIFETIME_MS = 24 * 60 * 60_000;
/** How long a ticket is remembered after its end, so that whoever shows it is told when that was, milliseconds. */
const TOLD_AFTER_MS = LIFETIME_MS;
const TICKET_BYTES = 32;

const grant = z.strictObject({
  actor: actorId,
  organisation: organisationId,
  /** whether keys that are there already are put aside */
  replaces: z.boolean(),
  expiresAt: z.number(),
});

/** What a ticket is for. */
export type TicketGrant = Readonly<z.infer<typeof grant>>;

/** One-time tickets by which a registrar lets somebody make keys at this gateway; only their digests are kept. */
export class Tickets {
  readonly #collection: Collection<TicketGrant>;
  readonly #now: () => number;

  constructor(state: Pick<GatewayState, 'collection'>, now: () => number = Date.now) {
    this.#collection = state.collection('keystore-tickets', (value) => grant.parse(value));
    this.#now = now;
  }

  /** Issues a ticket, and forgets those that expired long ago. */
  async issue(
    whom: Omit<TicketGrant, 'expiresAt'>,
  ): Promise<{ readonly ticket: string; readonly expiresAt: number }> {
    for await (const [key, { expiresAt }] of this.#collection.entries()) {
      if (expiresAt + TOLD_AFTER_MS < this.#now()) await this.#collection.delete(key);
    }
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    const expiresAt = this.#now() + LIFETIME_MS;
    await this.#collection.put(sha256Base64url(ticket), { ...whom, expiresAt });
    return { ticket, expiresAt };
  }

  /**
   * What a ticket is for; it stays open.
   * @throws ProblemError 403 TICKET_INVALID, TICKET_EXPIRED
   */
  async read(ticket: string): Promise<TicketGrant> {
    const found = await this.#collection.get(sha256Base64url(ticket));
    if (found === undefined) throw ticketInvalid();
    const now = this.#now();
    if (found.expiresAt < now) throw ticketExpired(found.expiresAt, now);
    return found;
  }

  /** Closes a ticket. */
  spend(ticket: string): Promise<void> {
    return this.#collection.delete(sha256Base64url(ticket));
  }
}
