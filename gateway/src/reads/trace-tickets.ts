import { randomBytes } from 'node:crypto';
import { sha256Base64url } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import type { HolderOf } from '../auth/lasting-grant.js';
import { ProblemError } from '../problems/problem.js';

const TICKET_BYTES = 32;
/** How long a ticket is good for, milliseconds. */
export const TICKET_LIFETIME_MS = 5 * 60_000;
/** How long a ticket is remembered after its end, so that whoever shows it is told when that was, milliseconds. */
const TOLD_AFTER_MS = 60 * 60_000;
/** How many tickets of one caller are known at once; a further one ends the first of them. */
const TICKETS_PER_CALLER = 20;

interface Issued {
  readonly caller: Caller;
  readonly coi: string;
  readonly until: number;
}

/** What a ticket stands for: whose it is, and of which therapy. */
export type Admission = Pick<Issued, 'caller' | 'coi'>;

/**
 * Tickets for one therapy's printed trace, for browsers, which show no token: whoever holds one reads what its caller
 * may read of that therapy. Kept in memory and by their hashes only, so that nothing that is stored admits anybody.
 */
export class TraceTickets {
  readonly #holderOf: HolderOf;
  readonly #clock: () => number;
  readonly #issued = new Map<string, Issued>();

  /** @param clock milliseconds since the epoch */
  constructor(holderOf: HolderOf, clock: () => number = Date.now) {
    this.#holderOf = holderOf;
    this.#clock = clock;
  }

  /** A ticket for a caller who may read the therapy, good for five minutes. */
  issue(caller: Caller, coi: string): { readonly ticket: string; readonly expiresAt: string } {
    this.#sweep(caller);
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    const until = this.#clock() + TICKET_LIFETIME_MS;
    this.#issued.set(sha256Base64url(ticket), { caller, coi, until });
    return { ticket, expiresAt: new Date(until).toISOString() };
  }

  /**
   * Whom a ticket admits, as the ledger has them now and in no role that they had not when it was issued.
   * @throws ProblemError TICKET_EXPIRED for one that has run out; TICKET_UNKNOWN for one that was never given, ran out
   *   long ago, or is held by nobody any more, as {@link HolderOf} says
   * @throws LedgerError when the ledger cannot answer
   */
  async admit(ticket: string): Promise<Admission> {
    const issued = this.#issued.get(sha256Base64url(ticket));
    if (issued === undefined) throw unknownTicket();
    const now = this.#clock();
    if (issued.until <= now) throw expiredTicket(issued.until, now);
    const { id: actor, roles, algorithm } = issued.caller;
    const caller = await this.#holderOf({ actor, roles, algorithm });
    if (caller === undefined) throw unknownTicket();
    return { caller, coi: issued.coi };
  }

  /** Forgets tickets that ran out long ago, and the caller's first ones where they have too many. */
  #sweep(caller: Caller): void {
    const now = this.#clock();
    const own: string[] = [];
    for (const [hash, issued] of this.#issued) {
      if (issued.until + TOLD_AFTER_MS <= now) this.#issued.delete(hash);
      else if (issued.caller.id === caller.id) own.push(hash);
    }
    for (const hash of own.slice(0, Math.max(own.length - TICKETS_PER_CALLER + 1, 0))) {
      this.#issued.delete(hash);
    }
  }
}

function unknownTicket(): ProblemError {
  return new ProblemError({
    status: 404,
    code: 'TICKET_UNKNOWN',
    detail: 'the link is not known or has run out; ask for another one',
    field: 'params.ticket',
  });
}

function expiredTicket(until: number, now: number): ProblemError {
  return new ProblemError({
    status: 404,
    code: 'TICKET_EXPIRED',
    detail: 'the link has run out; ask for another one',
    field: 'params.ticket',
    expected: `a call before ${new Date(until).toISOString()}`,
    found: new Date(now).toISOString(),
  });
}
